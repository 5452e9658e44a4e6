package com.banqup.invitations.acceptance.page;

/**
 * A language to switch to.
 *
 * @param code ISO 639-1
 * @param name the language's own name for itself
 * @param href the same page in that language
 * @param current whether the page is in this language
 */
public record LanguageChoice(String code, String name, String href, boolean current) {
}
