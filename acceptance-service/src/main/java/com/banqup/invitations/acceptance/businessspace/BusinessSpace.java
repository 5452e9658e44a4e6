package com.banqup.invitations.acceptance.businessspace;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A company's space at Banqup.
 *
 * @param country ISO 3166-1 alpha-2
 * @param vatNumber VAT number without separators, null when it has none
 * @param registrationNumber number in the country's company register, null when unknown;
 * one of the two numbers is always there
 */
public record BusinessSpace(UUID id, String name, String country, @Nullable String vatNumber,
		@Nullable String registrationNumber, Instant createdAt) {
}
