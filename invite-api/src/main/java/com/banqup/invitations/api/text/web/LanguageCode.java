package com.banqup.invitations.api.text.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import com.banqup.invitations.api.text.Languages;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/** The code of a language that clients are addressed in. Null is valid. */
@Documented
@Constraint(validatedBy = LanguageCodeValidator.class)
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT,
		ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
public @interface LanguageCode {

	String message() default Languages.EXPECTED;

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
