package com.banqup.invitations.api.text.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/**
 * One line of text: with a letter or digit in it, no invisible characters. Null is valid.
 */
@Documented
@Constraint(validatedBy = LineValidator.class)
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT,
		ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
public @interface Line {

	/** The most characters (code points) it may have. */
	int max();

	String message() default "not one line of text";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
