package com.banqup.invitations.dispatch.mail.content;

import java.time.ZoneId;
import java.util.regex.Pattern;

import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What mails say about their sender.
 *
 * @param from address that mails are from, ASCII
 * @param replyTo address that answers go to; null when they go to {@code from}
 * @param messageIdDomain domain in Message-IDs, by default that of {@code from}
 * @param timeZone what expiry is told in
 */
@Validated
@ConfigurationProperties("dispatch.mail")
public record MailContentProperties(@NotBlank String from, @Nullable String replyTo, @Nullable String messageIdDomain,
		@DefaultValue("Europe/Brussels") ZoneId timeZone) {

	private static final Pattern ADDRESS = Pattern
		.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?");

	private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?");

	public MailContentProperties {
		require(ADDRESS, "dispatch.mail.from", from, "an ASCII mail address");
		require(ADDRESS, "dispatch.mail.reply-to", replyTo, "an ASCII mail address");
		require(DOMAIN, "dispatch.mail.message-id-domain", messageIdDomain, "an ASCII domain");
	}

	/** The domain in Message-IDs. */
	String idDomain() {
		return (this.messageIdDomain != null) ? this.messageIdDomain : this.from.substring(this.from.indexOf('@') + 1);
	}

	/** A blank value is left to validation, which names the property. */
	private static void require(Pattern pattern, String property, @Nullable String value, String expected) {
		if (value != null && !value.isBlank() && !pattern.matcher(value).matches()) {
			throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(property, value, expected));
		}
	}

}
