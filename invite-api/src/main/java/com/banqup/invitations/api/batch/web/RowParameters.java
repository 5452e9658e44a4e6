package com.banqup.invitations.api.batch.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.banqup.invitations.api.batch.RowPosition;
import com.banqup.invitations.api.batch.RowState;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.problem.InvalidBody;
import com.banqup.invitations.api.problem.Problem.FieldError;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which rows are asked for. */
record RowParameters(@Parameter(description = "Only rows of this state.", schema = @Schema(allowableValues = {
		"waiting", "invited", "skipped", "invalid", "cancelled" })) @Nullable String state,
		@Parameter(description = "nextCursor of the page before; absent for the first page.") @Nullable String cursor,
		@Parameter(description = "The most rows to return; in the streamed formats all are.",
				schema = @Schema(type = "integer", minimum = "1", maximum = "200",
						defaultValue = "50")) @Nullable String limit){

	/**
	 * The rows that are asked for.
	 * @throws InvalidBody naming all parameters that are not valid
	 */
	Range range() {
		List<FieldError> errors = new ArrayList<>();
		Range range = new Range(stateOr(errors), afterOr(errors), limitOr(errors));
		if (!errors.isEmpty()) {
			throw new InvalidBody(errors);
		}
		return range;
	}

	private @Nullable RowState stateOr(List<FieldError> errors) {
		if (this.state == null) {
			return null;
		}
		String name = this.state.toUpperCase(Locale.ROOT);
		return Stream.of(RowState.values()).filter((known) -> known.name().equals(name)).findFirst().orElseGet(() -> {
			errors.add(
					new FieldError("state", "not a state (expected: waiting, invited, skipped, invalid or cancelled)"));
			return null;
		});
	}

	private RowPosition afterOr(List<FieldError> errors) {
		try {
			return (this.cursor != null) ? RowCursor.decode(this.cursor) : RowPosition.START;
		}
		catch (IllegalArgumentException ex) {
			errors.add(new FieldError("cursor", "not a cursor (expected: the nextCursor of a page)"));
			return RowPosition.START;
		}
	}

	private int limitOr(List<FieldError> errors) {
		try {
			int value = (this.limit != null) ? Integer.parseInt(this.limit) : PageRequest.DEFAULT_LIMIT;
			if (value >= 1 && value <= PageRequest.MAX_LIMIT) {
				return value;
			}
		}
		catch (NumberFormatException ex) {
			// Falls through: the same error.
		}
		errors.add(new FieldError("limit", "not valid (expected: 1.." + PageRequest.MAX_LIMIT + ")"));
		return PageRequest.DEFAULT_LIMIT;
	}

	/**
	 * A range of rows.
	 *
	 * @param state only rows of this state, null for all
	 * @param after only rows after this place
	 * @param limit how many at most
	 */
	record Range(@Nullable RowState state, RowPosition after, int limit) {
	}

}
