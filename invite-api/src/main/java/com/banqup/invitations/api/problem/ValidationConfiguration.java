package com.banqup.invitations.api.problem;

import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has the validator read its message bundles and expression language from their files
 * before the first request: requests are validated on event loops.
 */
@Configuration(proxyBeanMethods = false)
class ValidationConfiguration {

	@Bean
	SmartInitializingSingleton validatorThatHasReadItsFiles(Validator validator) {
		return () -> validator.validate(new Sample(1, 1));
	}

	private record Sample(@Max(value = 0, message = "${validatedValue} (expected: 0)") int expression,
			@Max(0) int bundle) {
	}

}
