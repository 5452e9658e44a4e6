package com.banqup.invitations.api.text.web;

import com.banqup.invitations.api.text.TextProblem;
import org.jspecify.annotations.Nullable;

/** Checks the line as it is stored. */
class LineValidator extends TextValidator<Line> {

	private int max;

	@Override
	public void initialize(Line constraint) {
		this.max = constraint.max();
	}

	@Override
	@Nullable TextProblem problemOf(String value) {
		return TextProblem.ofLine(value, this.max);
	}

}
