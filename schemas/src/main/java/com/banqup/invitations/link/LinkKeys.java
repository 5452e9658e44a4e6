package com.banqup.invitations.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that links are made with. A token is
 * {@code base64url(keyId 1 | invitationId 16 | generation 2 | tag 16)}, 47 characters
 * without padding; the tag is HMAC-SHA-256 (RFC 2104) over a purpose label and the
 * preceding bytes, truncated to 128 bits (RFC 2104 section 5). To rotate, add a key, make
 * it current once every reader has it, and remove the old one when its last link has
 * expired. Instances are immutable and safe for use by many threads.
 */
public final class LinkKeys {

	/** Characters of a token's text form. */
	public static final int TOKEN_LENGTH = 47;

	/** Shortest key accepted, in bytes (RFC 2104 section 3: at least the hash's size). */
	public static final int MIN_KEY_BYTES = 32;

	private static final byte[] PURPOSE = "banqup invitation link v1\0".getBytes(StandardCharsets.US_ASCII);

	private static final int SIGNED_BYTES = 1 + 16 + 2;

	private static final int TAG_BYTES = 16;

	private final int currentKeyId;

	private final SecretKey currentKey;

	private final Map<Integer, SecretKey> keys;

	private LinkKeys(int currentKeyId, SecretKey currentKey, Map<Integer, SecretKey> keys) {
		this.currentKeyId = currentKeyId;
		this.currentKey = currentKey;
		this.keys = keys;
	}

	/**
	 * Keys from configuration.
	 * @param currentKeyId the key that new links are made with
	 * @param base64Keys every key by its id (0..255), in Base64, at least
	 * {@value #MIN_KEY_BYTES} bytes each
	 * @throws IllegalArgumentException when a key is malformed or short, or the current
	 * one is missing; the message names the id and never the key
	 */
	public static LinkKeys of(int currentKeyId, Map<Integer, String> base64Keys) {
		Map<Integer, SecretKey> keys = new TreeMap<>();
		base64Keys.forEach((id, text) -> keys.put(id, parse(id, text)));
		SecretKey currentKey = keys.get(currentKeyId);
		if (currentKey == null) {
			throw new IllegalArgumentException(
					"current link key: %d (expected one of: %s)".formatted(currentKeyId, keys.keySet()));
		}
		return new LinkKeys(currentKeyId, currentKey, Map.copyOf(keys));
	}

	private static SecretKey parse(int id, String text) {
		if (id < 0 || id > 255) {
			throw new IllegalArgumentException("link key id: %d (expected: 0..255)".formatted(id));
		}
		byte[] bytes;
		try {
			bytes = Base64.getDecoder().decode(text.strip());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("link key %d: not Base64".formatted(id));
		}
		if (bytes.length < MIN_KEY_BYTES) {
			throw new IllegalArgumentException(
					"link key %d: %d bytes (expected: at least %d)".formatted(id, bytes.length, MIN_KEY_BYTES));
		}
		return new SecretKeySpec(bytes, "HmacSHA256");
	}

	/**
	 * The text form of a link, made with the current key. Equal input gives equal text.
	 */
	public String tokenFor(LinkToken link) {
		ByteBuffer token = ByteBuffer.allocate(SIGNED_BYTES + TAG_BYTES);
		token.put((byte) this.currentKeyId)
			.putLong(link.invitationId().getMostSignificantBits())
			.putLong(link.invitationId().getLeastSignificantBits())
			.putShort((short) link.generation());
		token.put(tag(this.currentKey, token.array()), 0, TAG_BYTES);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
	}

	/**
	 * What the text says if one of these keys made it; empty for anything else, without
	 * telling why. Takes the same time whether the tag is nearly right or all wrong.
	 * @param text untrusted, of any length
	 */
	public Optional<LinkToken> recognise(String text) {
		if (text.length() != TOKEN_LENGTH) {
			return Optional.empty();
		}
		byte[] token;
		try {
			token = Base64.getUrlDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
		return recognise(token).filter((link) -> canonical(text, token));
	}

	private Optional<LinkToken> recognise(byte[] token) {
		SecretKey key = this.keys.get(token[0] & 0xFF);
		if (key == null) {
			return Optional.empty();
		}
		byte[] expected = Arrays.copyOf(tag(key, token), TAG_BYTES);
		byte[] actual = Arrays.copyOfRange(token, SIGNED_BYTES, SIGNED_BYTES + TAG_BYTES);
		if (!MessageDigest.isEqual(expected, actual)) {
			return Optional.empty();
		}
		ByteBuffer signed = ByteBuffer.wrap(token, 1, SIGNED_BYTES - 1);
		UUID invitationId = new UUID(signed.getLong(), signed.getLong());
		int generation = signed.getShort() & 0xFFFF;
		return (generation == 0) ? Optional.empty() : Optional.of(new LinkToken(invitationId, generation));
	}

	/** 47 characters hold two bits more than 35 bytes: only one spelling is ours. */
	private static boolean canonical(String text, byte[] token) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(token).equals(text);
	}

	private static byte[] tag(SecretKey key, byte[] token) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(key);
			mac.update(PURPOSE);
			mac.update(token, 0, SIGNED_BYTES);
			return mac.doFinal();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HmacSHA256 is part of every Java platform", ex);
		}
	}

}
