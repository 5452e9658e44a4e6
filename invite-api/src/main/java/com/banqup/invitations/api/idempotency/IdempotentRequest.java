package com.banqup.invitations.api.idempotency;

import java.util.HexFormat;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;

/**
 * A request that its caller may repeat.
 *
 * @param partnerSpaceId whose request
 * @param method its HTTP method
 * @param path its path
 * @param key what the caller recognises it by
 * @param bodyHash SHA-256 of its body, in hexadecimal
 */
public record IdempotentRequest(PartnerSpaceId partnerSpaceId, String method, String path, String key,
		String bodyHash) {

	/** The body's hash. */
	public byte[] bodyHashBytes() {
		return HexFormat.of().parseHex(this.bodyHash);
	}

}
