package com.banqup.invitations.cli.api;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What answers say. */
class AnswersTests {

	private final JsonMapper json = new JsonMapper();

	@ParameterizedTest
	@CsvSource({ "7, 7", "0, 0", "'Sun, 01 Mar 2026 10:00:10 GMT', 10", "'Sun, 01 Mar 2026 09:00:00 GMT', 0" })
	void readsWhenToComeBack(String header, long seconds) {
		assertThat(retryAfter(header)).isEqualTo(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "soon", "-1", "99999999999999999999" })
	void doesNotMindWhatItCannotRead(String header) {
		assertThat(retryAfter(header)).isNull();
	}

	private static @Nullable Duration retryAfter(String header) {
		return RetryAfter.find(HttpHeaders.of(Map.of("Retry-After", List.of(header)), (name, value) -> true),
				() -> Instant.parse("2026-03-01T10:00:00Z"));
	}

	@Test
	void showsWhatIsNoProblemAsItIs() {
		Problem problem = Problem.of(502, "<html>\n<b>Bad\tgateway</b></html>".getBytes(StandardCharsets.UTF_8),
				this.json);

		assertThat(problem.summary()).isEqualTo("The server answered 502: <html> <b>Bad gateway</b></html> (502)");
		assertThat(Problem.of(500, new byte[0], this.json).summary()).isEqualTo("The server answered 500 (500)");
		assertThat(Problem.of(500, "[1]".getBytes(StandardCharsets.UTF_8), this.json).errors()).isEmpty();
	}

	@Test
	void readsABatchWithNothingButWhatItHasToHave() {
		Batch batch = Batch.parse("""
				{"id":"0199a000-0000-7000-8000-00000000000b","state":"SOMETHING_NEW"}""", this.json);

		assertThat(batch.state()).isEqualTo(BatchState.UNKNOWN);
		assertThat(batch.counts().rows()).isZero();
		assertThat(batch.rate()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "[]", "{\"id\":\"x\",\"state\":\"RUNNING\"}", "<html>", "null" })
	void anAnswerThatIsNoBatchIsNoAnswer(String text) {
		assertThatExceptionOfType(Unreachable.class).isThrownBy(() -> Batch.parse(text, this.json));
	}

	@Test
	void pausesGrowUpToTheLongest() {
		assertThat(Patience.STANDARD.pauseAfter(1)).isEqualTo(Duration.ofSeconds(1));
		assertThat(Patience.STANDARD.pauseAfter(3)).isEqualTo(Duration.ofSeconds(4));
		assertThat(Patience.STANDARD.pauseAfter(1_000_000)).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void patienceIsNeverLessThanNothing() {
		Duration second = Duration.ofSeconds(1);

		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Patience(0, second, second, second, second, second, second, second));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Patience(1, second, second, second, second, Duration.ZERO, second, second))
			.withMessageContaining("silence");
	}

}
