package com.banqup.invitations.cli.command;

import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

import com.banqup.invitations.cli.api.Batch;
import com.banqup.invitations.cli.api.InvitationBatches;
import com.banqup.invitations.cli.api.ProblemAnswered;
import com.banqup.invitations.cli.api.Repetition;
import com.banqup.invitations.cli.connection.Connection;
import com.banqup.invitations.cli.console.Console;
import com.banqup.invitations.cli.console.ProgressLine;
import com.banqup.invitations.cli.follow.FollowBatch;
import com.banqup.invitations.cli.report.BatchProgress;
import com.banqup.invitations.cli.report.Summary;
import org.jspecify.annotations.Nullable;

/** One command at work: the connection, the console, and what several commands do. */
final class Session implements AutoCloseable {

	private final Surroundings surroundings;

	private final ConnectionOptions options;

	private final Console console;

	private final Interruption interruption;

	private final InvitationBatches batches;

	private final Repetition repetition;

	private Session(Program program, ConnectionOptions options) {
		this.surroundings = program.surroundings();
		this.options = options;
		this.console = program.console();
		this.interruption = program.interruption();
		this.repetition = new Repetition(this.surroundings.patience(), this.surroundings.pause(), this.console::note);
		this.batches = new InvitationBatches(
				new Connection(options.wishes(this.surroundings), this.surroundings.clock(), this.console::note)
					.partnerSpace(),
				this.surroundings.patience(), this.surroundings.clock());
	}

	static Session open(Program program, ConnectionOptions options) {
		return new Session(program, options);
	}

	Surroundings surroundings() {
		return this.surroundings;
	}

	Console console() {
		return this.console;
	}

	InvitationBatches batches() {
		return this.batches;
	}

	Interruption interruption() {
		return this.interruption;
	}

	Repetition repetition() {
		return this.repetition;
	}

	/** The answer of the server, asked again while it is away. */
	<T> T ask(String what, Supplier<T> call) {
		return this.repetition.call(what, call);
	}

	/** Follows a batch to its end and tells what became of it. */
	ExitCode follow(UUID id, boolean quiet, @Nullable ReportFile report) {
		this.interruption.know("The batch goes on without this program.", "  to follow it:  " + command("follow", id),
				"  to cancel it:  " + command("cancel", id));
		Batch end;
		try (ProgressLine line = new ProgressLine(this.console, quiet)) {
			BatchProgress progress = new BatchProgress(line, this.surroundings.clock(), this.surroundings.zone());
			end = new FollowBatch(this.batches, this.surroundings.patience(), this.surroundings.clock(),
					this.repetition, this.console::note)
				.toItsEnd(id, progress::show);
		}
		catch (ProblemAnswered ex) {
			if (ex.problem().status() == 404) {
				// There is nothing that goes on, or could be followed again.
				this.interruption.over();
			}
			throw ex;
		}
		this.interruption.know("The batch has ended: " + end.state().name().toLowerCase(Locale.ROOT) + ".",
				"  what became of it:  " + command("status", id));
		tell(end);
		if (report != null) {
			report.save(this, id);
		}
		this.interruption.over();
		return ExitCode.of(end);
	}

	/** Tells what became of a batch, with some of the rows that it left out. */
	void tell(Batch batch) {
		Summary.of(batch).forEach(this.console::answer);
		new LeftOutRows(this, batch).tell();
	}

	/** A command for the user to copy. */
	String command(String name, UUID id) {
		return this.surroundings.command() + " " + name + " " + id + this.options.repeated();
	}

	@Override
	public void close() {
		this.batches.close();
	}

}
