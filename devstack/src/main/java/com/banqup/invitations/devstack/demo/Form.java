package com.banqup.invitations.devstack.demo;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.jsoup.Connection.KeyVal;
import org.jsoup.helper.HttpConnection;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** A form on a page, filled in by the names of its fields. */
final class Form {

	private final FormElement form;

	private final Element button;

	private Form(FormElement form, Element button) {
		this.form = form;
		this.button = button;
	}

	/**
	 * The page's first form whose action's path ends so.
	 * @throws DemoException when there is none
	 */
	static Form on(Browser.Page page, String actionEnd) {
		return page.document()
			.forms()
			.stream()
			.filter((form) -> action(form, page.uri()).getPath().endsWith(actionEnd))
			.findFirst()
			.map(Form::withFirstButton)
			.orElseThrow(() -> new DemoException("no form to %s on the page \"%s\" (status %d)".formatted(actionEnd,
					page.heading(), page.status())));
	}

	private static Form withFirstButton(FormElement form) {
		Element button = form.selectFirst("button[type=submit], input[type=submit], button:not([type])");
		if (button == null) {
			throw new DemoException("a form without a button: " + form.attr("action"));
		}
		return new Form(form, button);
	}

	/** Types into a text field or chooses in a list, as far as the form has it. */
	Form fill(String name, String value) {
		Element field = require("input[name=%s], select[name=%s], textarea[name=%s]".formatted(name, name, name), name);
		if (field.normalName().equals("select")) {
			Element option = field.selectFirst("option[value=%s]".formatted(value));
			if (option == null) {
				throw new DemoException("%s: %s is not offered".formatted(name, value));
			}
			field.select("option").removeAttr("selected");
			option.attr("selected", true);
		}
		else {
			field.val(value);
		}
		return this;
	}

	/** Ticks the box or the choice with this value. */
	Form choose(String name, String value) {
		Element choice = require("input[name=%s][value=%s]".formatted(name, value), name);
		if (choice.attr("type").equals("radio")) {
			this.form.select("input[type=radio][name=%s]".formatted(name)).removeAttr("checked");
		}
		choice.attr("checked", true);
		return this;
	}

	private Element require(String selector, String name) {
		Element element = this.form.selectFirst(selector);
		if (element == null) {
			throw new DemoException("the form to %s has no field %s".formatted(action().getPath(), name));
		}
		return element;
	}

	URI action() {
		return action(this.form, URI.create(this.form.baseUri()));
	}

	/** What a browser sends, the pressed button included. */
	List<KeyVal> data() {
		List<KeyVal> data = new ArrayList<>(this.form.formData());
		if (!this.button.attr("name").isEmpty()) {
			data.add(HttpConnection.KeyVal.create(this.button.attr("name"), this.button.val()));
		}
		return data;
	}

	private static URI action(FormElement form, URI page) {
		String action = form.absUrl("action");
		return action.isEmpty() ? page : URI.create(action);
	}

}
