package com.banqup.invitations.dispatch.delivery;

/** Where a delivery stands. */
public enum DeliveryState {

	/** Asked for, not attempted or being attempted for the first time. */
	QUEUED,

	/** The relay took it. Final. */
	SENT,

	/** Failed for now, waits for its next attempt. */
	DEFERRED,

	/** Given up. Final. */
	REJECTED,

	/**
	 * No longer wanted: revoked, superseded, expired, or its bulk was cancelled. Final.
	 */
	CANCELLED

}
