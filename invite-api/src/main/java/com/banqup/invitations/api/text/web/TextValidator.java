package com.banqup.invitations.api.text.web;

import java.lang.annotation.Annotation;

import com.banqup.invitations.api.text.PlainText;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a text, and what is expected, without repeating it. */
abstract class TextValidator<A extends Annotation> implements ConstraintValidator<A, String> {

	private final boolean linesAllowed;

	TextValidator(boolean linesAllowed) {
		this.linesAllowed = linesAllowed;
	}

	@Override
	public final boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
		String problem = (value != null) ? problemOf(value) : null;
		if (problem == null) {
			return true;
		}
		context.disableDefaultConstraintViolation();
		context.buildConstraintViolationWithTemplate(problem + " (expected: " + expected() + ")")
			.addConstraintViolation();
		return false;
	}

	private @Nullable String problemOf(String value) {
		return PlainText.hasForbidden(value, this.linesAllowed) ? "has invisible characters" : problemOfVisible(value);
	}

	/** What is wrong with a text that has no invisible characters, null if nothing is. */
	abstract @Nullable String problemOfVisible(String value);

	abstract String expected();

}
