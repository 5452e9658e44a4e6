package com.banqup.invitations.api.template;

/** The Partner Space has no such configuration template. */
public class TemplateNotFound extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public TemplateNotFound(TemplateId id) {
		super("No configuration template " + id);
	}

}
