package com.banqup.invitations.api.text.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/** The code of a kind of access to a Business Space. Null is valid. */
@Documented
@Constraint(validatedBy = PermissionCodeValidator.class)
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT,
		ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
public @interface PermissionCode {

	String message() default "not a permission (expected: view-documents, manage-documents, send-invoices, view-payments, view-reports or manage-settings)";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
