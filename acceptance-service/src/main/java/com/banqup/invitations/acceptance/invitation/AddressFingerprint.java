package com.banqup.invitations.acceptance.invitation;

/**
 * A keyed hash of an invited address.
 *
 * @param keyId the key it was made with
 * @param hex HMAC-SHA-256 in lower-case hexadecimal
 */
public record AddressFingerprint(int keyId, String hex) {
}
