package com.banqup.invitations.dispatch.mail;

import java.time.Duration;

import reactor.core.publisher.Mono;

/** Hands invitation mails to the mail relay. */
public interface MailGateway {

	/**
	 * Sends one mail. Nothing happens before subscription; every subscription is one
	 * attempt. Always ends, within the gateway's own time limits, in one of:
	 * <ul>
	 * <li>a receipt: the relay took the mail and is responsible for it now,</li>
	 * <li>{@link MailRejected}: this mail will never be taken,</li>
	 * <li>{@link MailDeferred}: this mail was not taken for now, or it is not known
	 * whether it was,</li>
	 * <li>{@link RelayUnavailable}: the relay takes no mail at all; this mail is not to
	 * blame and no attempt counts,</li>
	 * <li>{@link RelayBusy}: the relay takes mail, but this one's turn did not come in
	 * time.</li>
	 * </ul>
	 */
	Mono<MailReceipt> send(InvitationMail mail);

	/** The longest that the gateway's own limits let a mail take. */
	Duration timeLimit();

	/** How many mails can be under way at a time; more wait for their turn. */
	int concurrency();

}
