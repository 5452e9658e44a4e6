package com.banqup.invitations.acceptance.invitation;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes fingerprints of invited addresses: enough to tell later whether somebody signed
 * in with the invited address, without keeping it. Made with the current link key under a
 * label of its own; they live as long as the links do, so they rotate with the keys.
 */
public final class AddressFingerprints {

	private static final byte[] PURPOSE = "banqup invited address v1\0".getBytes(StandardCharsets.US_ASCII);

	private final int keyId;

	private final SecretKeySpec key;

	AddressFingerprints(int currentKeyId, Map<Integer, String> base64Keys) {
		String base64 = base64Keys.get(currentKeyId);
		if (base64 == null) {
			throw new IllegalArgumentException(
					"current link key: %d (expected one of: %s)".formatted(currentKeyId, base64Keys.keySet()));
		}
		this.keyId = currentKeyId;
		this.key = new SecretKeySpec(Base64.getDecoder().decode(base64.strip()), "HmacSHA256");
	}

	/** The fingerprint of this address; spelling in capitals makes no difference. */
	public AddressFingerprint of(String address) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(this.key);
			mac.update(PURPOSE);
			byte[] hash = mac.doFinal(address.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
			return new AddressFingerprint(this.keyId, HexFormat.of().formatHex(hash));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HmacSHA256 is part of every Java platform", ex);
		}
	}

}
