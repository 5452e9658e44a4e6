package com.banqup.invitations.acceptance.invitation.r2dbc;

import java.time.Duration;
import java.util.List;

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
		assertThat(this.unusableRequests.count().block()).isEqualTo(2);
	}

	@Test
	void keepsTheSameOffsetsOfATopicThatWasMadeAnew() {
		keep(List.of(request(1, "key", "of the first topic")));
		UnusableRequest first = request(1, "key", "of the second topic");

		keep(List.of(new UnusableRequest(first.topic(), first.partition(), first.offset(), first.timestamp() + 1,
				first.key(), first.content(), first.reason(), first.error())));

		assertThat(this.database.sql("SELECT error FROM unusable_request ORDER BY kafka_timestamp")
			.map((row) -> row.get("error", String.class))
			.all()
			.collectList()
			.block()).containsExactly("of the first topic", "of the second topic");
	}

	@Test
	void keepsTheLatestOnly() {
		this.database.sql("""
				INSERT INTO unusable_request (topic, kafka_partition, kafka_offset, content, reason, error, kept_at)
				SELECT 'invitation-requests', 0, kafka_offset, ''::bytea, 'undecodable', 'old', :now
				FROM generate_series(0, :limit - 1) kafka_offset
				""").bind("now", this.clock.instant()).bind("limit", UnusableRequests.LIMIT).then().block();
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
		return new UnusableRequest("invitation-requests", 0, offset, 0, key, new byte[] { 1, 2 }, "undecodable", error);
	}

}
