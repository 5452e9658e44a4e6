package com.banqup.invitations.devstack.demo;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class SummaryTests {

	private final Overview overview = Overview.of(new JsonMapper().readTree("""
			{"clients": {"inactive": 975, "active": 25},
			 "invitations": {"PENDING": 975, "ACCEPTED": 25, "EXPIRED": 0, "REVOKED": 0},
			 "deliveries": {"QUEUED": 3, "SENT": 996, "DEFERRED": 1}}"""));

	@Test
	void readsTheOverview() {
		assertThat(this.overview.active()).isEqualTo(25);
		assertThat(this.overview.sent()).isEqualTo(996);
		assertThat(this.overview.underWay()).isEqualTo(4);
	}

	@Test
	void saysHowMuchInWhichTime() {
		List<String> lines = new Summary(this.overview, 996, new Summary.Rate(1000, Duration.ofSeconds(4)),
				new Summary.Rate(1000, Duration.ofSeconds(8)), new Summary.Rate(25, Duration.ofSeconds(10)),
				Duration.ofSeconds(22))
			.toTable()
			.lines();

		assertThat(lines).anyMatch((line) -> line.contains("active") && line.endsWith(" 25 |"))
			.anyMatch((line) -> line.contains("accepted") && line.endsWith(" 25 |"))
			.anyMatch((line) -> line.contains("in the inbox") && line.endsWith(" 996 |"))
			.anyMatch((line) -> line.contains("sending 1000 mails") && line.endsWith(" 8.0 s (125.0/s) |"))
			.anyMatch((line) -> line.contains("altogether") && line.endsWith(" 22.0 s |"));
	}

}
