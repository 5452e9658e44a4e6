package com.banqup.invitations.acceptance;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the database is waited for.
 *
 * @param startTimeout how long the very first connection may take, which the start waits
 * for: a machine that starts is busy. The outbox gives the start up after a minute.
 */
@Validated
@ConfigurationProperties("acceptance.database")
record DatabaseProperties(
		@DefaultValue("50s") @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 1) Duration startTimeout) {
}
