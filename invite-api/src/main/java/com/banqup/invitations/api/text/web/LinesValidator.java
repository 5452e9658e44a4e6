package com.banqup.invitations.api.text.web;

import com.banqup.invitations.api.text.TextProblem;
import org.jspecify.annotations.Nullable;

/** Checks the text as it is stored. */
class LinesValidator extends TextValidator<Lines> {

	private int max;

	@Override
	public void initialize(Lines constraint) {
		this.max = constraint.max();
	}

	@Override
	@Nullable TextProblem problemOf(String value) {
		return TextProblem.ofLines(value, this.max);
	}

}
