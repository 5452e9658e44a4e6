package com.banqup.invitations.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.banqup.invitations.cli.api.Batch;
import com.banqup.invitations.cli.api.ProblemAnswered;
import com.banqup.invitations.cli.api.TakenBatch;
import com.banqup.invitations.cli.console.ProgressLine;
import com.banqup.invitations.cli.console.Texts;
import com.banqup.invitations.cli.upload.RowFormat;
import com.banqup.invitations.cli.upload.SpooledInput;
import com.banqup.invitations.cli.upload.Upload;
import com.banqup.invitations.cli.upload.UploadFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a file is uploaded, and what happens then. */
final class UploadOptions {

	@Option(names = "--gzip", description = "Compress the file on its way. A file that is compressed is sent as it is.")
	private boolean gzip;

	@Option(names = "--idempotency-key", paramLabel = "KEY",
			description = "What makes a repetition a repetition. Else it follows from the file's content "
					+ "and what is asked for: to repeat the command goes on with what it began.")
	private @Nullable String idempotencyKey;

	@Option(names = "--no-progress", description = "Do not show how far it is.")
	private boolean quiet;

	@Option(names = "--no-follow", description = "End when the server has taken all rows.")
	private boolean noFollow;

	@Option(names = "--report", paramLabel = "FILE", description = "Save the results of all rows as CSV, at the end.")
	private @Nullable Path report;

	boolean quiet() {
		return this.quiet;
	}

	/** Refuses early what could not be done in the end. */
	@Nullable ReportFile reportFile() {
		if (this.report != null && this.noFollow) {
			throw new Misuse("--report and --no-follow exclude each other: there are no results yet");
		}
		return ReportFile.of(this.report);
	}

	/** The format of a file: what is said, else by its name. */
	static RowFormat formatOf(String file, @Nullable RowFormat said) {
		if (said != null) {
			return said;
		}
		return RowFormat.ofName(file)
			.orElseThrow(() -> new Misuse(file.equals("-") ? "--format is missing: the input has no name to tell it by"
					: "--format is missing: %s tells none (expected: .csv, .ndjson, .jsonl or .json)".formatted(file)));
	}

	/** Looks whether the file is there. */
	static void requireReadable(String file) {
		if (!file.equals("-") && (!Files.isRegularFile(Path.of(file)) || !Files.isReadable(Path.of(file)))) {
			throw new Misuse(file + " is not a file that can be read");
		}
	}

	/** Uploads, then follows unless that is not wanted. */
	ExitCode run(Session session, String file, RowFormat format, List<String> purpose, Upload.Request request,
			@Nullable ReportFile report) {
		Batch batch;
		try {
			batch = upload(session, file, format, purpose, request);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return follow(session, batch, report);
	}

	/** Goes on with a batch that the server has. */
	ExitCode follow(Session session, Batch batch, @Nullable ReportFile report) {
		if (this.noFollow) {
			session.console().answer(batch.id().toString());
			session.console().note("  to follow it:  " + session.command("follow", batch.id()));
			return ExitCode.DONE;
		}
		return session.follow(batch.id(), this.quiet, report);
	}

	String idempotencyKeyOr(String other) {
		return (this.idempotencyKey != null) ? this.idempotencyKey : other;
	}

	private Batch upload(Session session, String file, RowFormat format, List<String> purpose, Upload.Request request)
			throws IOException {
		if (!file.equals("-")) {
			return upload(session, UploadFile.of(file, Path.of(file), format, this.gzip), purpose, request);
		}
		try (SpooledInput input = SpooledInput.of(session.surroundings().in())) {
			return upload(session, UploadFile.of("the input", input.file(), format, this.gzip), purpose, request);
		}
	}

	private Batch upload(Session session, UploadFile file, List<String> purpose, Upload.Request request)
			throws IOException {
		TakenBatch taken;
		try (ProgressLine line = new ProgressLine(session.console(), this.quiet)) {
			String key = (this.idempotencyKey != null) ? this.idempotencyKey
					: file.idempotencyKey(purpose, (read) -> show(line, "Reading", read, file));
			session.console().note("Idempotency-Key: " + key);
			session.interruption()
				.know("The upload was interrupted: nothing of it is sent to clients, unless all of it had arrived.",
						"  to go on:  the same command within 24 hours"
								+ ((this.idempotencyKey != null) ? "" : ", or with --idempotency-key " + key));
			line.show("Uploading", 0, file.size(), file.name() + " (" + Texts.size(file.size()) + ")");
			taken = new Upload(session.repetition()).send(file, key, request,
					(sent) -> show(line, "Uploading", sent, file));
		}
		catch (ProblemAnswered ex) {
			if (!ex.isTemporary()) {
				session.interruption().over();
			}
			throw ex;
		}
		tellOf(taken, session);
		if (!file.isUnchanged()) {
			tellOfChange(file, taken.batch(), session);
		}
		return taken.batch();
	}

	private static void show(ProgressLine line, String title, long done, UploadFile file) {
		line.show(title, done, file.size(), Texts.size(done) + " of " + Texts.size(file.size()));
	}

	/** What the server has may be a mixture. */
	private static void tellOfChange(UploadFile file, Batch batch, Session session) {
		session.console()
			.note("  " + file.name() + " changed while it was being uploaded: these rows may be some of before "
					+ "and some of after that.");
		session.console().note("  to stop them:  " + session.command("cancel", batch.id()));
	}

	private static void tellOf(TakenBatch taken, Session session) {
		Batch batch = taken.batch();
		session.console().note("Batch " + batch.id() + ": " + Texts.number(batch.counts().rows()) + " rows taken");
		if (taken.repeated()) {
			session.console()
				.note("  These rows were uploaded before: this is the batch that was made of them, and nothing is sent "
						+ "twice. To invite by them once more: --idempotency-key with a new key.");
		}
	}

}
