package com.banqup.invitations.api.json;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.banqup.invitations.api.problem.InvalidBody;
import com.banqup.invitations.api.problem.Problem.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.stereotype.Component;

/**
 * Applies JSON merge patches (RFC 7396) to forms without nested objects: a field that is
 * absent stays, null takes it away, and the outcome is checked like a form that came
 * whole.
 */
@Component
public class MergePatches {

	private final JsonMapper json;

	private final Validator validator;

	public MergePatches(JsonMapper json, Validator validator) {
		this.json = json;
		this.validator = validator;
	}

	/**
	 * The form after the patch.
	 * @throws InvalidBody if the outcome is not valid
	 * @throws tools.jackson.core.JacksonException if the patch has unknown fields or
	 * fields of the wrong type
	 */
	public <F> F apply(F form, ObjectNode patch, Class<F> type) {
		ObjectNode merged = this.json.valueToTree(form);
		for (Map.Entry<String, JsonNode> field : patch.properties()) {
			merged.set(field.getKey(), field.getValue());
		}
		F changed = this.json.treeToValue(merged, type);
		Set<ConstraintViolation<F>> violations = this.validator.validate(changed);
		if (!violations.isEmpty()) {
			throw new InvalidBody(errors(violations));
		}
		return changed;
	}

	private static <F> List<FieldError> errors(Set<ConstraintViolation<F>> violations) {
		return violations.stream()
			.map((violation) -> new FieldError(violation.getPropertyPath().toString().replaceAll("\\.<[a-z ]+>", ""),
					violation.getMessage()))
			.toList();
	}

}
