package com.banqup.invitations.acceptance.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import com.banqup.invitations.schemas.InviteeLanguage;

/**
 * The exact words that a person agrees to.
 *
 * @param version the version of the wording
 * @param language the language of the words
 * @param text the words: paragraphs separated by an empty line; lines that begin with "-
 * " list the permissions
 */
public record ConsentText(String version, InviteeLanguage language, String text) {

	/** SHA-256 of the words (UTF-8), in lower-case hexadecimal. */
	public String hash() {
		try {
			MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(sha256.digest(this.text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is part of every Java platform", ex);
		}
	}

}
