package com.banqup.invitations.devstack.demo;

import java.net.URI;

/**
 * What a client does with the mail: opens the link, logs in, makes a Business Space,
 * confirms.
 */
final class Journey {

	private final Browser browser = new Browser();

	private final SampleClient client;

	Journey(SampleClient client) {
		this.client = client;
	}

	/**
	 * Goes all the way.
	 * @param link from the mail
	 * @throws DemoException when a page is not what it should be
	 */
	void accept(URI link) {
		Browser.Page landing = this.browser.open(link);
		Browser.Page login = this.browser.submit(Form.on(landing, "/continue"));
		Browser.Page space = this.browser.submit(logIn(login));
		Browser.Page confirm = this.browser.submit(createSpace(space));
		Browser.Page done = this.browser.submit(Form.on(confirm, "/confirm").choose("consent", "yes"));
		if (done.status() != 200 || !done.uri().getPath().endsWith("/done")) {
			throw new DemoException(
					"after confirming came the page \"%s\" (status %d)".formatted(done.heading(), done.status()));
		}
	}

	private Form logIn(Browser.Page page) {
		return Form.on(page, "").fill("email", this.client.email()).fill("name", this.client.name());
	}

	private Form createSpace(Browser.Page page) {
		Form form = Form.on(page, "/space");
		form.choose("businessSpaceId", "new");
		return form.fill("name", this.client.name())
			.fill("country", this.client.country())
			.fill("vatNumber", this.client.vatNumber());
	}

}
