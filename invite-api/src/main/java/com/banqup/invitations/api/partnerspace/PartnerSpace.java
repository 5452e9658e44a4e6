package com.banqup.invitations.api.partnerspace;

/**
 * A Partner Space as clients see it.
 *
 * @param id which one
 * @param name what mails and pages call it
 */
public record PartnerSpace(PartnerSpaceId id, String name) {
}
