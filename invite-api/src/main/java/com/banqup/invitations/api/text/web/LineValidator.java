package com.banqup.invitations.api.text.web;

import com.banqup.invitations.api.text.PlainText;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Says what is wrong without repeating the text. */
class LineValidator implements ConstraintValidator<Line, String> {

	private int max;

	@Override
	public void initialize(Line constraint) {
		this.max = constraint.max();
	}

	@Override
	public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
		if (value == null) {
			return true;
		}
		String problem = problemOf(value);
		if (problem == null) {
			return true;
		}
		context.disableDefaultConstraintViolation();
		context
			.buildConstraintViolationWithTemplate(problem + " (expected: one line of 1.." + this.max + " characters)")
			.addConstraintViolation();
		return false;
	}

	private @Nullable String problemOf(String value) {
		if (PlainText.hasForbidden(value, false)) {
			return "has invisible characters";
		}
		int length = PlainText.length(PlainText.line(value));
		if (length == 0) {
			return "blank";
		}
		if (length > this.max) {
			return length + " characters";
		}
		return PlainText.isReadable(value) ? null : "without a letter or digit";
	}

}
