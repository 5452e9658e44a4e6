package com.banqup.invitations.schemas;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of access to a Business Space that a partner can ask for. */
public enum Permission {

	/** Read invoices, receipts and other documents. */
	VIEW_DOCUMENTS("view-documents"),

	/** Add, change and archive documents. */
	MANAGE_DOCUMENTS("manage-documents"),

	/** Send sales invoices in the client's name. */
	SEND_INVOICES("send-invoices"),

	/** Read payments and bank transactions. */
	VIEW_PAYMENTS("view-payments"),

	/** Read reports and declarations. */
	VIEW_REPORTS("view-reports"),

	/** Change the Business Space's settings. */
	MANAGE_SETTINGS("manage-settings");

	private final String code;

	Permission(String code) {
		this.code = code;
	}

	/** The stable code used in APIs, events and consent records. */
	public String code() {
		return this.code;
	}

	/** The permission with this code, empty when there is none. */
	public static Optional<Permission> ofCode(String code) {
		return Arrays.stream(values()).filter((permission) -> permission.code.equals(code)).findAny();
	}

}
