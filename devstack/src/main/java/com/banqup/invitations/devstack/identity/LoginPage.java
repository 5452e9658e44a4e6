package com.banqup.invitations.devstack.identity;

import java.util.Map;

import static com.banqup.invitations.devstack.host.Html.escape;

/** The page at which a person logs in or registers. It works without JavaScript. */
final class LoginPage {

	private LoginPage() {
	}

	/**
	 * The form.
	 * @param issuer whose login it is
	 * @param client that asks for it
	 * @param form what was typed before
	 * @param problem with what was typed; empty if none
	 * @param cancel where to go without logging in; empty if nowhere
	 */
	static String form(String issuer, String client, Map<String, String> form, String problem, String cancel) {
		return layout("Log in or create an account",
				"""
						<p class="issuer">%1$s</p>
						<h1>Log in or create an account</h1>
						<p>You continue to <strong>%2$s</strong>. An address that is new here gets an account.</p>
						%3$s
						<form method="post">
						  <label for="email">Email address</label>
						  <input id="email" name="email" type="email" required maxlength="254" autocomplete="username" autofocus \
						value="%4$s"%8$s>
						  <label for="name">Name <span>only the first time</span></label>
						  <input id="name" name="name" maxlength="120" autocomplete="name" value="%5$s">
						  <label class="check"><input type="checkbox" name="unverified" value="yes"%6$s> \
						This address was never confirmed</label>
						  <button>Continue</button>
						</form>
						%7$s
						"""
					.formatted(escape(title(issuer)), escape(client),
							problem.isEmpty() ? ""
									: "<p class=\"problem\" id=\"problem\" role=\"alert\">" + escape(problem) + "</p>",
							escape(form.getOrDefault("email", "")), escape(form.getOrDefault("name", "")),
							form.containsKey("unverified") ? " checked" : "",
							cancel.isEmpty() ? ""
									: "<p class=\"cancel\"><a href=\"%s\">Cancel</a></p>".formatted(escape(cancel)),
							problem.isEmpty() ? "" : " aria-invalid=\"true\" aria-describedby=\"problem\""));
	}

	static String error(String message) {
		return layout("This does not work", """
				<h1>This does not work</h1>
				<p class="problem">%s</p>
				""".formatted(escape(message)));
	}

	private static String title(String issuer) {
		return switch (issuer) {
			case "clients" -> "Business Space accounts";
			case "partners" -> "Partner Space accounts";
			default -> issuer;
		};
	}

	private static String layout(String title, String main) {
		return """
				<!doctype html>
				<html lang="en">
				<head>
				<meta charset="utf-8">
				<meta name="viewport" content="width=device-width, initial-scale=1">
				<title>%s</title>
				<link rel="stylesheet" href="/login.css">
				</head>
				<body>
				<main>
				%s
				</main>
				<footer>Development identity provider: it asks for no password and proves nothing.</footer>
				</body>
				</html>
				""".formatted(escape(title), main);
	}

}
