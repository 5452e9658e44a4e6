package com.banqup.invitations.systemtests.bench.baseline;

/** The baseline's topic: as many partitions as listener threads. */
public final class InvitationTopic {

	public static final String NAME = "baseline-invitations";

	public static final int PARTITIONS = 3;

	private InvitationTopic() {
	}

}
