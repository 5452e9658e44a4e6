package com.banqup.invitations.api.text.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import com.banqup.invitations.api.text.Countries;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/** A country by its ISO 3166-1 alpha-2 code. Null is valid. */
@Documented
@Constraint(validatedBy = CountryCodeValidator.class)
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT,
		ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
public @interface CountryCode {

	String message() default Countries.EXPECTED;

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
