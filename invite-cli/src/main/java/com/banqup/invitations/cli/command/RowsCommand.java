package com.banqup.invitations.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Callable;

import com.banqup.invitations.cli.api.RowState;
import com.banqup.invitations.cli.api.Unreachable;
import com.banqup.invitations.cli.report.Summary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rows", mixinStandardHelpOptions = true, description = "Lists what became of each row of a batch.")
final class RowsCommand implements Callable<Integer> {

	private final Program program;

	@Parameters(paramLabel = "ID", description = "The batch.")
	@SuppressWarnings("NullAway.Init")
	private UUID id;

	@Option(names = "--state", paramLabel = "STATE", description = "Only rows that are ${COMPLETION-CANDIDATES}.")
	private @Nullable RowState state;

	@Option(names = "--format", paramLabel = "FORMAT", defaultValue = "TEXT",
			description = "text for people (the default), csv or ndjson for programs.")
	@SuppressWarnings("NullAway.Init")
	private Format format;

	@Mixin
	private final ConnectionOptions connection = new ConnectionOptions();

	RowsCommand(Program program) {
		this.program = program;
	}

	@Override
	public Integer call() {
		try (Session session = Session.open(this.program, this.connection)) {
			try (InputStream rows = session.ask("Reading rows",
					() -> session.batches().rows(this.id, this.state, this.format.mediaType))) {
				print(session, rows);
			}
			return ExitCode.DONE.code();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void print(Session session, InputStream rows) throws IOException {
		if (this.format != Format.TEXT) {
			AnswerCopy.copy(rows, session.console().bytes());
			session.console().bytes().flush();
			return;
		}
		BufferedReader lines = new BufferedReader(new InputStreamReader(rows, StandardCharsets.UTF_8));
		for (String line = next(lines); line != null; line = next(lines)) {
			if (!line.isBlank()) {
				session.console().answer(Summary.of(session.batches().row(line)));
			}
		}
	}

	private static @Nullable String next(BufferedReader lines) {
		try {
			return lines.readLine();
		}
		catch (IOException ex) {
			throw new Unreachable("the answer broke off: " + ex.getMessage(), ex);
		}
	}

	/** How rows are printed. */
	enum Format {

		TEXT("application/x-ndjson"), CSV("text/csv"), NDJSON("application/x-ndjson");

		private final String mediaType;

		Format(String mediaType) {
			this.mediaType = mediaType;
		}

	}

}
