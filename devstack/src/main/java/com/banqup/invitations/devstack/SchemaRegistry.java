package com.banqup.invitations.devstack;

/** A schema registry. */
public interface SchemaRegistry extends Part {

	/** What serializers take as {@code schema.registry.url}. */
	String url();

}
