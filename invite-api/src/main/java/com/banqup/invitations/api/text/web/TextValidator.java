package com.banqup.invitations.api.text.web;

import java.lang.annotation.Annotation;

import com.banqup.invitations.api.text.TextProblem;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a text, and what is expected, without repeating it. */
abstract class TextValidator<A extends Annotation> implements ConstraintValidator<A, String> {

	@Override
	public final boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
		TextProblem problem = (value != null) ? problemOf(value) : null;
		if (problem == null) {
			return true;
		}
		context.disableDefaultConstraintViolation();
		context.buildConstraintViolationWithTemplate(problem.message()).addConstraintViolation();
		return false;
	}

	/** What is wrong with the text, null if nothing is. */
	abstract @Nullable TextProblem problemOf(String value);

}
