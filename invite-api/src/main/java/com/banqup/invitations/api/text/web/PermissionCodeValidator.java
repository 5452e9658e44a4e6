package com.banqup.invitations.api.text.web;

import com.banqup.invitations.schemas.Permission;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Knows the codes. */
class PermissionCodeValidator implements ConstraintValidator<PermissionCode, String> {

	@Override
	public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
		return value == null || Permission.ofCode(value).isPresent();
	}

}
