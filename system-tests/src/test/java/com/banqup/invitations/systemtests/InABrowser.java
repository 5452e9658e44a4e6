package com.banqup.invitations.systemtests;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that needs a real browser. Without one it is skipped, saying why; with
 * {@code -Dbrowser.required=true} it fails instead, so that a continuous integration
 * cannot lose it unnoticed.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InABrowser.Condition.class)
@interface InABrowser {

	class Condition implements ExecutionCondition {

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			Optional<String> missing = Browser.missing();
			if (missing.isEmpty()) {
				return ConditionEvaluationResult.enabled("a browser is there");
			}
			if (Boolean.getBoolean("browser.required")) {
				throw new IllegalStateException("browser.required is set, but there is " + missing.get());
			}
			return ConditionEvaluationResult.disabled(missing.get());
		}

	}

}
