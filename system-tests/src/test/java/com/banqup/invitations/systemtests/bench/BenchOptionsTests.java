package com.banqup.invitations.systemtests.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.banqup.invitations.systemtests.bench.BenchOptions.Case;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BenchOptionsTests {

	private static final Path OUTPUT = Path.of("results");

	@Test
	void measuresEverythingButTheMemoryOfAMillionRowsAndKillsUnlessTold() {
		BenchOptions options = parse();

		assertThat(options.cases()).containsExactly(Case.BULK, Case.BASELINE, Case.SINGLE, Case.FAIRNESS);
		assertThat(options.latencies()).containsExactly(0, 20, 50);
		assertThat(options.rows()).isEqualTo(20_000);
		assertThat(options.rounds()).isEqualTo(3);
		assertThat(options.limit()).isEqualTo(Duration.ofMinutes(10));
		assertThat(options.output()).isEqualTo(OUTPUT);
	}

	@Test
	void takesValuesWithABlankAndWithAnEqualsSign() {
		BenchOptions options = parse("--rows", "1_000", "--cases=memory,bulk", "--latencies=0", "--output", "here");

		assertThat(options.rows()).isEqualTo(1_000);
		assertThat(options.cases()).containsExactly(Case.BULK, Case.MEMORY);
		assertThat(options.latencies()).containsExactly(0);
		assertThat(options.output()).isEqualTo(Path.of("here"));
	}

	@Test
	void takesSettingsOfServices() {
		assertThat(parse("--set", "invite-api:a.b=1=2", "--set=invite-api:c=", "--jfr").settings())
			.isEqualTo(Map.of("invite-api", Map.of("a.b", "1=2", "c", "")));
	}

	@Test
	void refusesWhatItDoesNotUnderstand() {
		assertRefused("unknown option: --row", "--row", "5");
		assertRefused("no such case: bulks", "--cases", "bulks");
		assertRefused("--rows: \"many\" (expected: 100..1000000)", "--rows", "many");
		assertRefused("--rows: \"1000001\" (expected: 100..1000000)", "--rows", "1000001");
		assertRefused("--rows: \"9999\" (expected with kills: at least 10000)", "--rows", "9999", "--cases", "kills");
		assertRefused("--rounds: no value", "--rounds");
		assertRefused("--set: \"a.b=c\" (expected: SERVICE:PROPERTY=VALUE)", "--set", "a.b=c");
	}

	private static void assertRefused(String message, String... arguments) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> parse(arguments)).withMessage(message);
	}

	private static BenchOptions parse(String... arguments) {
		return BenchOptions.parse(List.of(arguments), OUTPUT);
	}

}
