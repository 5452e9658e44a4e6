package com.banqup.invitations.api.text.web;

import com.banqup.invitations.schemas.InviteeLanguage;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Knows the codes. */
class LanguageCodeValidator implements ConstraintValidator<LanguageCode, String> {

	@Override
	public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
		return value == null || InviteeLanguage.ofCode(value).isPresent();
	}

}
