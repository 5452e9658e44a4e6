package com.banqup.invitations.dispatch.mail.smtp;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.netty.handler.codec.smtp.SmtpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A reply of the relay.
 *
 * @param code the reply code (RFC 5321)
 * @param enhancedStatus the enhanced status code (RFC 3463) if it fits the reply code
 * @param text what it says, as it came
 */
record Reply(int code, @Nullable String enhancedStatus, String text) {

	private static final Pattern ENHANCED_STATUS = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})(?=\\s|$)");

	private static final int MAX_LINES = 20;

	static Reply of(SmtpResponse response) {
		List<CharSequence> lines = response.details();
		String text = lines.stream()
			.limit(MAX_LINES)
			.map((line) -> (line != null) ? line : "")
			.collect(Collectors.joining(" "));
		return new Reply(response.code(), enhancedStatus(response.code(), text), text);
	}

	private static @Nullable String enhancedStatus(int code, String text) {
		Matcher matcher = ENHANCED_STATUS.matcher(text);
		return (matcher.lookingAt() && matcher.group(1).charAt(0) - '0' == code / 100) ? matcher.group() : null;
	}

	boolean isPositive() {
		return this.code >= 200 && this.code < 300;
	}

	/** The relay waits for the message. */
	boolean isGoAhead() {
		return this.code == 354;
	}

	boolean isTemporary() {
		return this.code >= 400 && this.code < 500;
	}

	boolean isPermanent() {
		return this.code >= 500 && this.code < 600;
	}

	/** The relay closes the connection. */
	boolean isGoodbye() {
		return this.code == 421;
	}

	/** The subject of the enhanced status code, 0 when there is none. */
	int subject() {
		return part(2);
	}

	/** The detail of the enhanced status code, 0 when there is none. */
	int detail() {
		return part(3);
	}

	private int part(int group) {
		if (this.enhancedStatus == null) {
			return 0;
		}
		Matcher matcher = ENHANCED_STATUS.matcher(this.enhancedStatus);
		return matcher.matches() ? Integer.parseInt(matcher.group(group)) : 0;
	}

}
