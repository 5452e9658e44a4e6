package com.banqup.invitations.api.batch;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.banqup.invitations.api.batch.BatchRow.Undelivered;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.InvitationId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class RowMetersTests {

	private static final BatchRow ROW = new BatchRow(1, 1, null, new Unusable(RowReason.MALFORMED, "No row."));

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final RowMeters meters = new RowMeters(this.registry);

	@Test
	void countsWhoeverWasInvitedAndWhatWasStopped() {
		this.meters.count(List.of(RowResult.invited(ROW, null, null), RowResult.cancelled(ROW),
				RowResult.invited(ROW, null, null)));

		assertThat(counted("INVITED", "none")).isEqualTo(2);
		assertThat(counted("CANCELLED", "none")).isEqualTo(1);
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void countsByEveryReason(RowReason reason) {
		this.meters.count(List.of(RowResult.refused(ROW, reason, reason.sentence(), null, null)));

		assertThat(counted(reason.kind().name(), reason.code())).isEqualTo(1);
		assertThat(counted("INVITED", "none")).isZero();
	}

	private static Stream<RowReason> refusals() {
		return Stream.of(RowReason.values()).filter((reason) -> reason.kind() != RowReason.Kind.INVITED);
	}

	@Test
	void countsNoRowTwiceThatInvitedItsClientBefore() {
		Undelivered invited = new Undelivered(new ClientId(UUID.randomUUID()), new InvitationId(UUID.randomUUID()));

		this.meters.count(List.of(RowResult.invitedAgain(ROW, invited.clientId(), invited.invitationId()),
				RowResult.leftInvited(ROW, RowReason.NAMES_ANOTHER_CLIENT, "Another.", invited),
				RowResult.leftInvited(ROW, RowReason.INVALID_ADDRESS, "No address.", invited)));

		assertThat(counted("INVITED", "none")).isZero();
		assertThat(counted("INVALID", "invalid-address")).isZero();
	}

	private double counted(String state, String reason) {
		return this.registry.get("invitation.batch.rows").tags("state", state, "reason", reason).counter().count();
	}

}
