package com.banqup.invitations.acceptance.session.r2dbc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.banqup.invitations.acceptance.session.SessionAttribute;
import com.banqup.invitations.acceptance.session.StoredSession;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Session attributes as JSON, each read as its registered type and as nothing else. */
final class SessionCodec {

	private final JsonMapper json = JsonMapper.builder().build();

	private final List<SessionAttribute> types;

	SessionCodec(List<SessionAttribute> types) {
		this.types = List.copyOf(types);
	}

	/**
	 * The attributes that were set since the session was read.
	 * @throws IllegalArgumentException for an attribute that is not registered
	 */
	String changes(StoredSession session) {
		ObjectNode changes = this.json.createObjectNode();
		for (String name : session.changedAttributes()) {
			Object value = session.getAttribute(name);
			if (value != null) {
				changes.set(name, this.json.valueToTree(requireType(name).cast(value)));
			}
		}
		return this.json.writeValueAsString(changes);
	}

	private Class<?> requireType(String name) {
		return find(name).orElseThrow(() -> new IllegalArgumentException(
				"session attribute: %s (expected: a registered one)".formatted(name)));
	}

	private Optional<Class<?>> find(String name) {
		return this.types.stream()
			.filter((type) -> type.covers(name))
			.<Class<?>>map(SessionAttribute::type)
			.findFirst();
	}

	/**
	 * The stored attributes. Those that no type is registered for are left out, and so
	 * are those that another version wrote in a way that this one does not read.
	 */
	Map<String, Object> read(String stored) {
		Map<String, Object> attributes = new HashMap<>();
		for (Map.Entry<String, JsonNode> attribute : this.json.readTree(stored).properties()) {
			find(attribute.getKey()).flatMap((type) -> read(attribute.getValue(), type))
				.ifPresent((value) -> attributes.put(attribute.getKey(), value));
		}
		return attributes;
	}

	private Optional<Object> read(JsonNode stored, Class<?> type) {
		try {
			return Optional.ofNullable(this.json.treeToValue(stored, type));
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

}
