package com.banqup.invitations.api.text.web;

import com.banqup.invitations.api.text.PlainText;
import org.jspecify.annotations.Nullable;

/** Checks the line as it is stored. */
class LineValidator extends TextValidator<Line> {

	private int max;

	LineValidator() {
		super(false);
	}

	@Override
	public void initialize(Line constraint) {
		this.max = constraint.max();
	}

	@Override
	@Nullable String problemOfVisible(String value) {
		int length = PlainText.length(PlainText.line(value));
		if (length == 0) {
			return "blank";
		}
		if (length > this.max) {
			return length + " characters";
		}
		return PlainText.isReadable(value) ? null : "without a letter or digit";
	}

	@Override
	String expected() {
		return "one line of 1.." + this.max + " characters";
	}

}
