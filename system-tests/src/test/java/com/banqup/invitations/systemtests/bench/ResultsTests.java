package com.banqup.invitations.systemtests.bench;

import java.util.List;
import java.util.Map;

import com.banqup.invitations.systemtests.bench.Target.Titles;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ResultsTests {

	private final Results results = new Results();

	@Test
	void comparesEachRoundWithItself() {
		add(Titles.bulk(0), 1, 1_000);
		add(Titles.baseline(0), 1, 500);
		add(Titles.bulk(0), 2, 9_000);
		add(Titles.baseline(0), 2, 900);
		add(Titles.bulk(0), 3, 5_000);
		add(Titles.baseline(0), 3, 1_000);

		assertThat(ratio()).isEqualTo(5);
	}

	@Test
	void comparesOnlyRoundsThatHaveBoth() {
		add(Titles.bulk(0), 1, 1_000);
		assertThat(this.results.ratio(Titles.bulk(0), Titles.baseline(0), Figures.INVITES_PER_SECOND)).isEmpty();

		add(Titles.bulk(0), 2, 1_000);
		add(Titles.baseline(0), 2, 500);
		assertThat(ratio()).isEqualTo(2);
	}

	@Test
	void showsMediansAndWhetherTargetsAreMet() {
		add(Titles.bulk(0), 1, 4_000);
		add(Titles.bulk(0), 2, 6_000);
		add(Titles.bulk(0), 3, 5_500);
		add(Titles.bulk(50), 1, 3_999);

		assertThat(report().table()).anyMatch((line) -> line.contains("5,500 (4,000 .. 6,000; 3)"))
			.anyMatch((line) -> line.contains("5,500 (target: at least 5,000) met"))
			.anyMatch((line) -> line.contains("3,999 (target: at least 4,000) MISSED"))
			.endsWith("a note");
	}

	@Test
	void comparesTheMemoryOfALargeBulkWithThatOfASmallOne() {
		this.results.add(Titles.MEMORY_SMALL, 1, new Figures().putPeaks(Map.of("invite-api", 500_000_000L)));
		this.results.add(Titles.MEMORY_LARGE, 1, new Figures().putPeaks(Map.of("invite-api", 600_000_000L)));

		assertThat(Target.of(this.results)).singleElement().satisfies((target) -> {
			assertThat(target.measured()).isEqualTo(1.2);
			assertThat(target.isMet()).isFalse();
		});
	}

	@Test
	void writesEverySingleMeasurementForPrograms() {
		add(Titles.bulk(0), 1, 4_000);
		add(Titles.bulk(0), 2, 6_000);

		JsonNode json = JsonMapper.shared().readTree(report().json());

		assertThat(json.at("/environment/cores").asInt()).isEqualTo(2);
		assertThat(json.required("summary")
			.required(Titles.bulk(0))
			.required(Figures.INVITES_PER_SECOND)
			.required("median")
			.asDouble()).isEqualTo(5_000);
		assertThat(json.at("/measurements/1/round").asInt()).isEqualTo(2);
		assertThat(json.at("/measurements/1/figures").required(Figures.INVITES_PER_SECOND).asDouble()).isEqualTo(6_000);
		assertThat(json.at("/targets/0/met").asBoolean()).isTrue();
	}

	private double ratio() {
		return this.results.ratio(Titles.bulk(0), Titles.baseline(0), Figures.INVITES_PER_SECOND).orElseThrow();
	}

	private Report report() {
		return new Report(Map.of("cores", 2), this.results, List.of("a note"));
	}

	private void add(String title, int round, double rate) {
		this.results.add(title, round, new Figures().put(Figures.INVITES_PER_SECOND, rate));
	}

}
