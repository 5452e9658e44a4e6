package com.banqup.invitations.schemas;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages that clients are addressed in, by mail and on pages. */
public enum InviteeLanguage {

	ENGLISH("en"), DUTCH("nl"), FRENCH("fr"), GERMAN("de");

	private final String code;

	InviteeLanguage(String code) {
		this.code = code;
	}

	/** The ISO 639-1 code, as it stands in APIs and records. */
	public String code() {
		return this.code;
	}

	/** The language as a Java locale. */
	public Locale locale() {
		return Locale.of(this.code);
	}

	/** The language with this code, empty when clients are not addressed in it. */
	public static Optional<InviteeLanguage> ofCode(String code) {
		return Arrays.stream(values()).filter((language) -> language.code.equals(code)).findAny();
	}

}
