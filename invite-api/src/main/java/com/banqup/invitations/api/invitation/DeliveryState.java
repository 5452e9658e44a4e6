package com.banqup.invitations.api.invitation;

/**
 * What became of the mail of the current generation. A later constant overrules an
 * earlier one whatever the order in which they are heard of: a mail that was refused and
 * then sent by an operator's hand was sent.
 */
public enum DeliveryState {

	/** Requested, nothing heard yet. */
	QUEUED,

	/** The relay did not take it for now; it will be tried again. */
	DEFERRED,

	/** Not sent because it was no longer wanted. */
	CANCELLED,

	/** Will not be tried again. */
	REJECTED,

	/** The relay took it. */
	SENT

}
