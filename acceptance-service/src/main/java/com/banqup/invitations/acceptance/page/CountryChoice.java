package com.banqup.invitations.acceptance.page;

/**
 * A country to choose.
 *
 * @param code ISO 3166-1 alpha-2
 * @param name its name in the page's language
 */
public record CountryChoice(String code, String name) {
}
