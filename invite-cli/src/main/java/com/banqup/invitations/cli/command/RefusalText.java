package com.banqup.invitations.cli.command;

import java.util.ArrayList;
import java.util.List;

import com.banqup.invitations.cli.api.Problem;
import com.banqup.invitations.cli.api.ProblemAnswered;
import com.banqup.invitations.cli.console.Texts;

/** Why the server refused, and what helps, in lines. */
final class RefusalText {

	private final ProblemAnswered refusal;

	RefusalText(ProblemAnswered refusal) {
		this.refusal = refusal;
	}

	List<String> lines() {
		Problem problem = this.refusal.problem();
		List<String> lines = new ArrayList<>();
		lines.add(problem.summary());
		problem.errors().forEach((error) -> lines.add("  " + error));
		String advice = advice(problem);
		if (!advice.isEmpty()) {
			lines.add(advice);
		}
		this.refusal.retryAfter()
			.ifPresent((wait) -> lines.add("The server asks to come back in " + Texts.duration(wait) + "."));
		return lines;
	}

	private static String advice(Problem problem) {
		return switch (problem.name()) {
			case "upload-superseded" -> "A newer upload with the same Idempotency-Key has taken over, perhaps this "
					+ "command in another window. It goes on; this one has ended.";
			case "idempotency-key-reused" ->
				"The key stands for another file or template. Leave --idempotency-key " + "out, or give a new one.";
			case "batch-not-found" ->
				"Is the id right, and of this Partner Space? A batch can be read for 90 days after " + "its end.";
			case "partner-space-without-name" ->
				"An Administrator has to name the Partner Space first: mails show " + "the name.";
			default -> switch (problem.status()) {
				case 401 -> "The token is not accepted: it may have ended.";
				case 403 -> "The token's owner may not do this: it takes an Administrator or a Client Manager of this "
						+ "Partner Space.";
				default -> "";
			};
		};
	}

}
