package com.banqup.invitations.cli.api;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A batch as the server shows it.
 *
 * @param pacedUntil until when rows wait as the day's limit is reached
 * @param ignoredColumns columns of the file that mean nothing to the server
 * @param rate rows a second brought to their end
 * @param json the server's own words
 */
public record Batch(UUID id, BatchState state, boolean dryRun, @Nullable Instant createdAt,
		@Nullable Instant receivedAt, @Nullable Instant endedAt, @Nullable Instant cancelRequestedAt,
		@Nullable Instant pacedUntil, @Nullable Failure failure, List<String> ignoredColumns, Counts counts,
		@Nullable Double rate, @Nullable Instant estimatedEnd, String json) {

	/**
	 * Reads a batch.
	 * @throws Unreachable if the text is something else, or not all of it
	 */
	static Batch parse(String text, JsonMapper json) {
		try {
			JsonNode batch = json.readTree(text);
			return new Batch(UUID.fromString(batch.required("id").asString()),
					BatchState.of(batch.required("state").asString()), batch.path("dryRun").asBoolean(false),
					instant(batch, "createdAt"), instant(batch, "receivedAt"), instant(batch, "endedAt"),
					instant(batch, "cancelRequestedAt"), instant(batch, "pacedUntil"),
					Failure.of(batch.path("failure")),
					batch.path("ignoredColumns").values().stream().map((column) -> column.asString("")).toList(),
					Counts.of(batch.path("counts")),
					batch.path("rate").isNumber() ? batch.path("rate").asDouble() : null,
					instant(batch, "estimatedEnd"), text);
		}
		catch (JacksonException | IllegalArgumentException | DateTimeParseException ex) {
			throw new Unreachable("the answer is not a batch: " + ex.getMessage(), ex);
		}
	}

	private static @Nullable Instant instant(JsonNode batch, String field) {
		JsonNode value = batch.path(field);
		return value.isString() ? Instant.parse(value.asString()) : null;
	}

	/** Why a batch failed. */
	public record Failure(String code, String detail) {

		static @Nullable Failure of(JsonNode failure) {
			return failure.isObject()
					? new Failure(failure.path("code").asString(""), failure.path("detail").asString("")) : null;
		}

	}

	/**
	 * Counts of a batch: {@code rows = waiting + invited + skipped + invalid + cancelled}
	 * and, unless it is a dry run, {@code invited = queued + sent + deferred + rejected}.
	 */
	public record Counts(long rows, long waiting, long invited, long skipped, long invalid, long cancelled,
			Map<String, Long> skippedByReason, Map<String, Long> invalidByReason, Map<String, Long> cancelledByReason,
			long queued, long sent, long deferred, long rejected, long opened, long linked) {

		static Counts of(JsonNode counts) {
			return new Counts(count(counts, "rows"), count(counts, "waiting"), count(counts, "invited"),
					count(counts, "skipped"), count(counts, "invalid"), count(counts, "cancelled"),
					reasons(counts.path("skippedByReason")), reasons(counts.path("invalidByReason")),
					reasons(counts.path("cancelledByReason")), count(counts, "queued"), count(counts, "sent"),
					count(counts, "deferred"), count(counts, "rejected"), count(counts, "opened"),
					count(counts, "linked"));
		}

		private static long count(JsonNode counts, String field) {
			return counts.path(field).asLong(0);
		}

		private static Map<String, Long> reasons(JsonNode reasons) {
			Map<String, Long> counts = new LinkedHashMap<>();
			reasons.properties().forEach((reason) -> counts.put(reason.getKey(), reason.getValue().asLong(0)));
			return counts;
		}

		/** Rows that nothing is left to be done for. */
		public long ended() {
			return Math.max(0, this.rows - this.waiting - this.queued);
		}

		/** Rows that nobody was invited for. */
		public long leftOut() {
			return this.skipped + this.invalid;
		}

	}

}
