package com.banqup.invitations.acceptance.page;

import java.time.Duration;
import java.time.ZoneId;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How pages look.
 *
 * @param zone the time zone that moments are shown in
 * @param retryAfter when a page says that it is worth another try
 */
@Validated
@ConfigurationProperties("acceptance.pages")
record PageProperties(@DefaultValue("Europe/Brussels") ZoneId zone, @DefaultValue("5s") Duration retryAfter) {

	PageProperties {
		if (retryAfter.toSeconds() < 1) {
			throw new IllegalArgumentException(
					"acceptance.pages.retry-after: %s (expected: at least 1s)".formatted(retryAfter));
		}
	}

}
