package com.banqup.invitations.devstack.inbox;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import com.banqup.invitations.devstack.Mail;
import org.jspecify.annotations.Nullable;

/** One mail in the JSON API. Parts and source have addresses of their own. */
record MailView(String id, Instant receivedAt, String sender, List<String> recipients, @Nullable String from,
		@Nullable String to, @Nullable String subject, @Nullable String messageId, @Nullable String text,
		@Nullable String html, List<PartView> attachments, String source, int size) {

	static MailView of(Mail mail) {
		String self = "/api/mails/" + mail.id();
		List<PartView> parts = IntStream.range(0, mail.attachments().size())
			.mapToObj((i) -> PartView.of(mail.attachments().get(i), self + "/parts/" + i))
			.toList();
		return new MailView(mail.id(), mail.receivedAt(), mail.sender(), mail.recipients(), mail.from(), mail.to(),
				mail.subject(), mail.messageId(), mail.text(), mail.html(), parts, self + "/source",
				mail.source().length);
	}

	/** A part that is not a body. */
	record PartView(@Nullable String contentId, String contentType, @Nullable String fileName, int size,
			String content) {

		static PartView of(Mail.Attachment part, String address) {
			return new PartView(part.contentId(), part.contentType(), part.fileName(), part.content().length, address);
		}

	}

}
