package com.banqup.invitations.cli.command;

import java.util.UUID;
import java.util.concurrent.Callable;

import com.banqup.invitations.cli.api.Batch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "status", mixinStandardHelpOptions = true, description = "Tells how far a batch is.")
final class StatusCommand implements Callable<Integer> {

	private final Program program;

	@Parameters(paramLabel = "ID", description = "The batch.")
	@SuppressWarnings("NullAway.Init")
	private UUID id;

	@Option(names = "--json", description = "Print what the server answers, for programs.")
	private boolean json;

	@Mixin
	private final ConnectionOptions connection = new ConnectionOptions();

	StatusCommand(Program program) {
		this.program = program;
	}

	@Override
	public Integer call() {
		try (Session session = Session.open(this.program, this.connection)) {
			Batch batch = session.ask("Reading the batch", () -> session.batches().batch(this.id));
			if (this.json) {
				session.console().answer(batch.json());
			}
			else {
				session.tell(batch);
			}
			return ExitCode.of(batch).code();
		}
	}

}
