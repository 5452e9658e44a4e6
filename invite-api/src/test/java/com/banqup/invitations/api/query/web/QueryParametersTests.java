package com.banqup.invitations.api.query.web;

import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.problem.Problem.FieldError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;

class QueryParametersTests {

	private static final String ID = UUID.randomUUID().toString();

	private final MultiValueMap<String, String> query = new LinkedMultiValueMap<>();

	@Test
	void takesWhatTheMethodTakes() {
		assertThat(errors("send", "templateId=" + ID)).isEmpty();
		assertThat(errors("send", "templateId=" + ID, "dryRun=true")).isEmpty();
		assertThat(errors("send", "templateId=" + ID, "dryRun=false")).isEmpty();
		assertThat(errors("list")).isEmpty();
		assertThat(errors("list", "kind=CLASS", "after=x", "limit=7", "id=a", "id=b")).isEmpty();
		assertThat(errors("read")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "dryrun", "dry_run", "DRYRUN", "" })
	void namesWhatIsUnknownAndWhatIsKnown(String name) {
		assertThat(errors("send", "templateId=" + ID, name + "=true"))
			.containsExactly(new FieldError(name, "unknown parameter (expected: templateId, dryRun)"));
	}

	@Test
	void knowsTheComponentsOfRecordsAndNothingOfBodiesPathsAndHeaders() {
		assertThat(errors("list", "space=1", "last=1", "text=1")).extracting(FieldError::field, FieldError::message)
			.allSatisfy((error) -> assertThat(error.toList().get(1))
				.isEqualTo("unknown parameter (expected: kind, id, after, limit)"))
			.hasSize(3);
		assertThat(errors("read", "text=x"))
			.containsExactly(new FieldError("text", "unknown parameter (expected: none)"));
	}

	@Test
	void refusesWhatComesTwiceWhereOneIsExpected() {
		assertThat(errors("send", "templateId=" + ID, "dryRun=false", "dryRun=true"))
			.containsExactly(new FieldError("dryRun", "given 2 times (expected: once)"));
		assertThat(errors("list", "after=a", "after=a"))
			.containsExactly(new FieldError("after", "given 2 times (expected: once)"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "yes", "on", "TRUE", " true", "nein", "false,true" })
	void takesTrueAndFalseByTheLetter(String value) {
		assertThat(errors("send", "templateId=" + ID, "dryRun=" + value))
			.containsExactly(new FieldError("dryRun", "not of the expected form (expected: true or false)"));
	}

	@ParameterizedTest
	@NullAndEmptySource
	void refusesEmptyValues(@Nullable String value) {
		this.query.add("templateId", value);
		this.query.add("dryRun", value);

		assertThat(errors("send")).containsExactly(new FieldError("templateId", "empty (expected: a UUID)"),
				new FieldError("dryRun", "empty (expected: true or false)"));
	}

	@Test
	void leavesEmptyTextsToTheOperation() {
		assertThat(errors("list", "after=")).isEmpty();
		this.query.add("after", null);
		assertThat(errors("list")).containsExactly(new FieldError("after", "empty (expected: a string)"));
	}

	@Test
	void namesAllThatIsMissingAndWrongAtOnce() {
		assertThat(errors("send", "dryrun=true", "dryRun=ja")).extracting(FieldError::field)
			.containsExactly("dryrun", "dryRun", "templateId");
		assertThat(errors("send")).containsExactly(new FieldError("templateId", "missing (expected: a UUID)"));
	}

	private List<FieldError> errors(String operation, String... parameters) {
		MultiValueMap<String, String> all = new LinkedMultiValueMap<>(this.query);
		for (String parameter : parameters) {
			int equals = parameter.indexOf('=');
			all.add(parameter.substring(0, equals), parameter.substring(equals + 1));
		}
		return Arrays.stream(Operations.class.getDeclaredMethods())
			.filter((method) -> method.getName().equals(operation))
			.map((method) -> QueryParameters.of(new HandlerMethod(new Operations(), method)).errors(all))
			.findFirst()
			.orElseThrow();
	}

	private static final class Operations {

		void send(@PathVariable UUID space, @RequestParam UUID templateId,
				@RequestParam(defaultValue = "false") boolean dryRun, Principal principal) {
		}

		void list(@PathVariable UUID space, @RequestHeader("Last") String last,
				@RequestParam(name = "kind", required = false) @Nullable Kind form,
				@RequestParam(required = false) @Nullable List<String> id, Range range) {
		}

		void read(@RequestBody Range body) {
		}

	}

	private record Range(@Nullable String after, @Nullable Integer limit) {
	}

	private enum Kind {

		CLASS

	}

}
