package com.banqup.invitations.acceptance.invitation.r2dbc;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import com.banqup.invitations.acceptance.UseCases;
import com.banqup.invitations.acceptance.invitation.UnusableRequest;
import com.banqup.invitations.acceptance.invitation.UnusableRequests;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class R2dbcUnusableRequestsIT extends UseCases {

	@Autowired
	private UnusableRequests unusableRequests;

	@BeforeEach
	void forget() {
		this.database.sql("DELETE FROM unusable_request").then().block();
	}

	@Test
	void keepsEachOnce() {
		List<UnusableRequest> requests = List.of(request(1, null, "unreadable \0 byte"), request(2, "k\0", "same"));

		keep(requests);
		keep(requests);

		assertThat(this.database.sql("SELECT error FROM unusable_request ORDER BY kafka_offset")
			.map((row) -> row.get("error", String.class))
			.all()
			.collectList()
			.block()).containsExactly("unreadable ? byte", "same");
	}

	@Test
	void keepsTheLatestOnly() {
		keep(LongStream.range(0, UnusableRequests.LIMIT).mapToObj((offset) -> request(offset, "key", "old")).toList());
		this.clock.advance(Duration.ofSeconds(1));

		keep(List.of(request(UnusableRequests.LIMIT, "key", "new"), request(UnusableRequests.LIMIT + 1, "key", "new")));

		assertThat(this.database.sql("SELECT count(*) AS kept, min(kafka_offset) AS first FROM unusable_request")
			.map((row) -> List.of(row.get("kept", Long.class), row.get("first", Long.class)))
			.one()
			.block()).containsExactly((long) UnusableRequests.LIMIT, 2L);
	}

	private void keep(List<UnusableRequest> requests) {
		this.unusableRequests.keep(requests, this.clock.instant()).block();
	}

	private static UnusableRequest request(long offset, String key, String error) {
		return new UnusableRequest("invitation-requests", 0, offset, key, new byte[] { 1, 2 }, "undecodable", error);
	}

}
