package com.banqup.invitations.api.batch;

import java.util.List;

import com.banqup.invitations.api.batch.BatchRow.Unusable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
	@EnumSource
	void countsByEveryReason(RowReason reason) {
		this.meters.count(List.of(RowResult.refused(ROW, reason, reason.sentence(), null, null)));

		assertThat(counted(reason.kind().name(), reason.code())).isEqualTo(1);
		assertThat(counted("INVITED", "none")).isZero();
	}

	private double counted(String state, String reason) {
		return this.registry.get("invitation.batch.rows").tags("state", state, "reason", reason).counter().count();
	}

}
