package com.banqup.invitations.api.text.web;

import com.banqup.invitations.api.text.Countries;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Knows the codes. */
class CountryCodeValidator implements ConstraintValidator<CountryCode, String> {

	@Override
	public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
		return value == null || Countries.haveCode(value);
	}

}
