package com.banqup.invitations.api.text.web;

import com.banqup.invitations.api.text.PlainText;
import org.jspecify.annotations.Nullable;

/** Checks the text as it is stored. */
class LinesValidator extends TextValidator<Lines> {

	private int max;

	LinesValidator() {
		super(true);
	}

	@Override
	public void initialize(Lines constraint) {
		this.max = constraint.max();
	}

	@Override
	@Nullable String problemOfVisible(String value) {
		int length = PlainText.length(PlainText.lines(value));
		return (length > this.max) ? length + " characters" : null;
	}

	@Override
	String expected() {
		return "text of up to " + this.max + " characters";
	}

}
