package com.banqup.invitations.devstack;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A mail as the inbox keeps it.
 *
 * @param id names it in the inbox
 * @param receivedAt when its end of data was acknowledged
 * @param sender the envelope sender; empty for the null sender
 * @param recipients the envelope recipients
 * @param from the From header, decoded
 * @param to the To header, decoded
 * @param subject the Subject header, decoded
 * @param messageId the Message-ID header
 * @param text the first text/plain body
 * @param html the first text/html body
 * @param attachments all other parts
 * @param source the message as it came over the wire, below the Return-Path and Received
 * headers that the server adds
 */
public record Mail(String id, Instant receivedAt, String sender, List<String> recipients, @Nullable String from,
		@Nullable String to, @Nullable String subject, @Nullable String messageId, @Nullable String text,
		@Nullable String html, List<Attachment> attachments, byte[] source) {

	/** The part that the HTML refers to as {@code cid:contentId}. */
	public Optional<Attachment> inline(String contentId) {
		return this.attachments.stream().filter((part) -> contentId.equals(part.contentId())).findFirst();
	}

	/** The source as text, each byte a character. */
	public String rawText() {
		return new String(this.source, StandardCharsets.ISO_8859_1);
	}

	/**
	 * A part of the mail that is not a body.
	 *
	 * @param contentId without angle brackets, if it has one
	 * @param contentType type and subtype in lower case, no parameters
	 * @param fileName the name it suggests
	 * @param content decoded
	 */
	public record Attachment(@Nullable String contentId, String contentType, @Nullable String fileName,
			byte[] content) {
	}

}
