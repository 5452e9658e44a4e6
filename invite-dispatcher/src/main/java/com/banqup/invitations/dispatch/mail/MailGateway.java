package com.banqup.invitations.dispatch.mail;

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
	 * blame and no attempt counts.</li>
	 * </ul>
	 */
	Mono<MailReceipt> send(InvitationMail mail);

}
