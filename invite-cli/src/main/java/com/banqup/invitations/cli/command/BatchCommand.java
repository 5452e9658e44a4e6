package com.banqup.invitations.cli.command;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

import com.banqup.invitations.cli.api.Template;
import com.banqup.invitations.cli.upload.RowFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "batch", mixinStandardHelpOptions = true,
		description = "Invites the clients of a file, and adds those that are new. Nothing is sent until the whole file "
				+ "has arrived.")
final class BatchCommand implements Callable<Integer> {

	private static final int NAMES_SHOWN = 10;

	private final Program program;

	@Parameters(paramLabel = "FILE", description = "The file; - for the standard input.")
	@SuppressWarnings("NullAway.Init")
	private String file;

	@Option(names = "--template", paramLabel = "ID-or-name", required = true,
			description = "The configuration template, by its id or its name.")
	@SuppressWarnings("NullAway.Init")
	private String template;

	@Option(names = "--dry-run", description = "Only report what would happen to each row: nobody is added or invited.")
	private boolean dryRun;

	@Option(names = "--format", paramLabel = "FORMAT",
			description = "csv, ndjson or json (a JSON object that names clients who are there already). Else by the "
					+ "file's name: .csv, .ndjson, .jsonl, .json, each with or without .gz.")
	private @Nullable RowFormat format;

	@Mixin
	private final UploadOptions upload = new UploadOptions();

	@Mixin
	private final ConnectionOptions connection = new ConnectionOptions();

	BatchCommand(Program program) {
		this.program = program;
	}

	@Override
	public Integer call() {
		UploadOptions.requireReadable(this.file);
		RowFormat rows = UploadOptions.formatOf(this.file, this.format);
		ReportFile report = this.upload.reportFile();
		try (Session session = Session.open(this.program, this.connection)) {
			String templateId = templateId(session);
			return this.upload
				.run(session, this.file, rows, List.of(templateId, this.dryRun ? "dry-run" : "invite"),
						(body, key, expectContinue, look) -> session.batches()
							.start(templateId, this.dryRun, body, key, expectContinue, look),
						report)
				.code();
		}
	}

	private String templateId(Session session) {
		UUID id = uuid(this.template);
		if (id != null) {
			return id.toString();
		}
		List<Template> templates = session.ask("Reading the configuration templates", session.batches()::templates);
		List<Template> named = templates.stream().filter((one) -> one.name().equals(this.template)).toList();
		if (named.size() == 1) {
			return named.getFirst().id().toString();
		}
		if (named.isEmpty()) {
			throw new Misuse("--template: there is none named '%s' (there %s)".formatted(this.template,
					templates.isEmpty() ? "are none at all" : "are: " + names(templates)));
		}
		throw new Misuse("--template: %d are named '%s', say which by its id: %s".formatted(named.size(), this.template,
				named.stream().map((one) -> one.id().toString()).toList()));
	}

	private static String names(List<Template> templates) {
		String names = String.join(", ",
				templates.stream().limit(NAMES_SHOWN).map((one) -> "'" + one.name() + "'").toList());
		return (templates.size() > NAMES_SHOWN) ? names + ", ..." : names;
	}

	private static @Nullable UUID uuid(String text) {
		try {
			return (text.length() == 36) ? UUID.fromString(text) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
