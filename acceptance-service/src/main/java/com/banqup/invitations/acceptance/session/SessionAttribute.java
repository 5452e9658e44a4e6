package com.banqup.invitations.acceptance.session;

/**
 * Something that sessions may hold. What is not registered as a bean of this type cannot
 * be stored, and nothing else is ever instantiated from a stored session.
 *
 * @param name the attribute's name, or when it ends with a full stop, the beginning of
 * the names of attributes of this type
 * @param type a type that JSON can hold
 */
public record SessionAttribute(String name, Class<?> type) {

	/** Whether an attribute of this name is of this type. */
	public boolean covers(String attribute) {
		return this.name.endsWith(".") ? attribute.startsWith(this.name) : attribute.equals(this.name);
	}

}
