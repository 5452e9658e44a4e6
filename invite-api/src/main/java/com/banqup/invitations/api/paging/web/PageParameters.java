package com.banqup.invitations.api.paging.web;

import java.util.ArrayList;
import java.util.List;

import com.banqup.invitations.api.paging.Cursor;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.problem.InvalidBody;
import com.banqup.invitations.api.problem.Problem.FieldError;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The query parameters that all lists take. */
public record PageParameters(
		@Parameter(description = "nextCursor of the page before; absent for the first page.") @Nullable String cursor,
		@Parameter(description = "The most items to return.", schema = @Schema(type = "integer", minimum = "1",
				maximum = "200", defaultValue = "50")) @Nullable String limit) {

	/**
	 * Which page is asked for.
	 * @throws InvalidBody naming all parameters that are not valid
	 */
	public PageRequest pageRequest() {
		List<FieldError> errors = new ArrayList<>();
		Cursor start = cursorOr(errors);
		int items = limitOr(errors);
		if (!errors.isEmpty()) {
			throw new InvalidBody(errors);
		}
		return new PageRequest(start, items);
	}

	private @Nullable Cursor cursorOr(List<FieldError> errors) {
		try {
			return (this.cursor != null) ? Cursor.decode(this.cursor) : null;
		}
		catch (IllegalArgumentException ex) {
			errors.add(new FieldError("cursor", "not a cursor (expected: the nextCursor of a page)"));
			return null;
		}
	}

	private int limitOr(List<FieldError> errors) {
		if (this.limit == null) {
			return PageRequest.DEFAULT_LIMIT;
		}
		try {
			int value = Integer.parseInt(this.limit);
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

}
