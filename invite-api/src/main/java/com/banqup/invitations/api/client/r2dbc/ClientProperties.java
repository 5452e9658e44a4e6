package com.banqup.invitations.api.client.r2dbc;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the clients' store.
 *
 * @param selectionPage how many clients of a selection are read at a time
 */
@Validated
@ConfigurationProperties("invite.clients")
record ClientProperties(@DefaultValue("2000") @Min(1) @Max(100_000) int selectionPage) {
}
