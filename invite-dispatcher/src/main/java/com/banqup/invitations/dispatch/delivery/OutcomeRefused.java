package com.banqup.invitations.dispatch.delivery;

/**
 * The ledger takes an outcome for none: something in it does not fit, however often it is
 * tried. An outage is something else.
 */
public final class OutcomeRefused extends RuntimeException {

	public OutcomeRefused(Throwable cause) {
		super(cause.toString(), cause);
	}

}
