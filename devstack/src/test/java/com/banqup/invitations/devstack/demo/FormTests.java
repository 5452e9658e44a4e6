package com.banqup.invitations.devstack.demo;

import java.net.URI;
import java.util.List;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FormTests {

	private final Browser.Page page = page("""
			<form method="post" action="/i/x/continue"><button name="account" value="other">Other</button></form>
			<form method="post" action="/i/x/space">
			<input type="hidden" name="_csrf" value="secret">
			<input type="radio" name="businessSpaceId" value="7" checked>
			<input type="radio" name="businessSpaceId" value="new">
			<input name="name" value="">
			<select name="country"><option value="" selected>?</option><option value="BE">Belgium</option></select>
			<input type="checkbox" name="consent" value="yes">
			<button type="submit">Go on</button>
			</form>""");

	@Test
	void sendsHiddenFieldsAndWhatWasFilledIn() {
		Form form = Form.on(this.page, "/space")
			.choose("businessSpaceId", "new")
			.choose("consent", "yes")
			.fill("name", "D'Hondt & Fils")
			.fill("country", "BE");

		assertThat(form.action()).isEqualTo(URI.create("http://127.0.0.1:8082/i/x/space"));
		assertThat(sent(form)).containsExactly("_csrf=secret", "businessSpaceId=new", "name=D'Hondt & Fils",
				"country=BE", "consent=yes");
	}

	@Test
	void sendsWhatIsPreselectedAndNoEmptyBox() {
		assertThat(sent(Form.on(this.page, "/space"))).contains("businessSpaceId=7").doesNotContain("consent=yes");
	}

	@Test
	void sendsTheNameOfThePressedButton() {
		assertThat(sent(Form.on(this.page, "/continue"))).containsExactly("account=other");
	}

	@Test
	void saysWhatThePageIsWhenTheFormIsNotThere() {
		assertThatExceptionOfType(DemoException.class).isThrownBy(() -> Form.on(this.page, "/confirm"))
			.withMessage("no form to /confirm on the page \"Choose\" (status 200)");
	}

	@Test
	void saysWhichFieldOrChoiceIsMissing() {
		Form form = Form.on(this.page, "/space");

		assertThatExceptionOfType(DemoException.class).isThrownBy(() -> form.fill("vatNumber", "1"))
			.withMessage("the form to /i/x/space has no field vatNumber");
		assertThatExceptionOfType(DemoException.class).isThrownBy(() -> form.fill("country", "XX"))
			.withMessage("country: XX is not offered");
	}

	private static List<String> sent(Form form) {
		return form.data().stream().map((field) -> field.key() + "=" + field.value()).toList();
	}

	private static Browser.Page page(String body) {
		URI uri = URI.create("http://127.0.0.1:8082/i/x/space");
		return new Browser.Page(200, uri, Jsoup.parse("<h1>Choose</h1>" + body, uri.toString()));
	}

}
