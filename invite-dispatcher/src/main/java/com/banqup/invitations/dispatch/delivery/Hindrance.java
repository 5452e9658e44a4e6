package com.banqup.invitations.dispatch.delivery;

/**
 * Why deliveries are not made now though nothing is wrong with them.
 *
 * @param reasonCode stable code of the reason
 */
public record Hindrance(String reasonCode) {

	/** Somebody else is at it and may yet fail. */
	public static final Hindrance HELD_ELSEWHERE = new Hindrance("held-elsewhere");

	/** The relay answers so slowly that the batch's time is over. */
	public static final Hindrance TIME_IS_OVER = new Hindrance("time-is-over");

	/** The relay grants no more sessions than it has; they are all in use. */
	public static final Hindrance RELAY_BUSY = new Hindrance("relay-busy");

	/** The service is being stopped. */
	public static final Hindrance STOPPING = new Hindrance("stopping");

	/** The relay takes mail, only not as fast as it comes. */
	public boolean isSlowness() {
		return equals(TIME_IS_OVER) || equals(RELAY_BUSY);
	}

	/** The relay takes no mail. */
	static Hindrance relay(String reasonCode) {
		return new Hindrance("relay-" + reasonCode);
	}

}
