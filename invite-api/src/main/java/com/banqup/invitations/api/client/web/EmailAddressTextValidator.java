package com.banqup.invitations.api.client.web;

import com.banqup.invitations.api.client.EmailAddress;
import com.banqup.invitations.api.client.InvalidEmailAddress;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Says what is wrong without repeating the address. */
class EmailAddressTextValidator implements ConstraintValidator<EmailAddressText, String> {

	@Override
	public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
		if (value == null) {
			return true;
		}
		try {
			EmailAddress.of(value);
			return true;
		}
		catch (InvalidEmailAddress ex) {
			context.disableDefaultConstraintViolation();
			context.unwrap(HibernateConstraintValidatorContext.class)
				.addMessageParameter("reason", ex.getMessage())
				.buildConstraintViolationWithTemplate("{reason}")
				.addConstraintViolation();
			return false;
		}
	}

}
