package com.banqup.invitations.api.text.web;

import com.banqup.invitations.api.text.PlainText;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Says what is wrong without repeating the text. */
class LinesValidator implements ConstraintValidator<Lines, String> {

	private int max;

	@Override
	public void initialize(Lines constraint) {
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
		context.buildConstraintViolationWithTemplate(problem + " (expected: text of up to " + this.max + " characters)")
			.addConstraintViolation();
		return false;
	}

	private @Nullable String problemOf(String value) {
		if (PlainText.hasForbidden(value, true)) {
			return "has invisible characters";
		}
		int length = PlainText.length(PlainText.lines(value));
		return (length > this.max) ? length + " characters" : null;
	}

}
