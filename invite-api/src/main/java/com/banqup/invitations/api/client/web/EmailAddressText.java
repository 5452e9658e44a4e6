package com.banqup.invitations.api.client.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/** An address that mail can be sent to. Null is valid. */
@Documented
@Constraint(validatedBy = EmailAddressTextValidator.class)
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
@Retention(RetentionPolicy.RUNTIME)
@interface EmailAddressText {

	String message() default "not an address";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
