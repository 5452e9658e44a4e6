package com.banqup.invitations.cli.command;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

import com.banqup.invitations.cli.api.Batch;
import com.banqup.invitations.cli.upload.RowFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "retry", mixinStandardHelpOptions = true,
		description = "Runs the rows of a batch again that failed: as they are, after the clients were changed; or as the "
				+ "file has them, by their rowRef.")
final class RetryCommand implements Callable<Integer> {

	private final Program program;

	@Parameters(index = "0", paramLabel = "ID", description = "The batch.")
	@SuppressWarnings("NullAway.Init")
	private UUID id;

	@Parameters(index = "1", arity = "0..1", paramLabel = "FILE",
			description = "Corrected rows; - for the standard input.")
	private @Nullable String file;

	@Option(names = "--format", paramLabel = "FORMAT",
			description = "csv or ndjson. Else by the file's name: .csv, .ndjson, .jsonl, each with or without .gz.")
	private @Nullable RowFormat format;

	@Mixin
	private final UploadOptions upload = new UploadOptions();

	@Mixin
	private final ConnectionOptions connection = new ConnectionOptions();

	RetryCommand(Program program) {
		this.program = program;
	}

	@Override
	public Integer call() {
		String corrected = this.file;
		RowFormat rows = (corrected != null) ? formatOf(corrected) : null;
		ReportFile report = this.upload.reportFile();
		try (Session session = Session.open(this.program, this.connection)) {
			if (corrected == null || rows == null) {
				String key = this.upload.idempotencyKeyOr("invite-" + UUID.randomUUID());
				Batch batch = session.ask("Asking for a retry", () -> session.batches().retry(this.id, key));
				return this.upload.follow(session, batch, report).code();
			}
			return this.upload
				.run(session, corrected, rows, List.of(this.id.toString(), "retry"),
						(body, key, expectContinue, look) -> session.batches()
							.retry(this.id, body, key, expectContinue, look),
						report)
				.code();
		}
	}

	/** JSON names clients, and corrects no row. */
	private RowFormat formatOf(String corrected) {
		UploadOptions.requireReadable(corrected);
		RowFormat rows = UploadOptions.formatOf(corrected, this.format);
		if (rows == RowFormat.JSON) {
			throw new Misuse("corrected rows cannot be written in JSON (expected: csv or ndjson)");
		}
		return rows;
	}

}
