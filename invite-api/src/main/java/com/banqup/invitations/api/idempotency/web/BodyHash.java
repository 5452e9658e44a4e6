package com.banqup.invitations.api.idempotency.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What two bodies that say the same have in common, also across releases: fields in the
 * order of their names, without those that are absent. A release that adds an optional
 * field still knows the requests of the one before.
 */
final class BodyHash {

	/** Of its own: what the API's JSON looks like may change. */
	private static final JsonMapper CANONICAL = JsonMapper.builder()
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL)
			.withContentInclusion(JsonInclude.Include.ALWAYS))
		.build();

	private BodyHash() {
	}

	/** SHA-256 of the form, in hexadecimal; null is a request without a body. */
	static String of(@Nullable Object form) {
		byte[] body = (form != null) ? CANONICAL.writeValueAsBytes(form) : new byte[0];
		return HexFormat.of().formatHex(sha256().digest(body));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
