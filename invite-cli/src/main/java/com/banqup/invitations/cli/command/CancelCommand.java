package com.banqup.invitations.cli.command;

import java.util.UUID;
import java.util.concurrent.Callable;

import com.banqup.invitations.cli.api.Batch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", mixinStandardHelpOptions = true,
		description = "Stops what is not sent yet of a batch. Ends with 0 once the server has agreed.")
final class CancelCommand implements Callable<Integer> {

	private final Program program;

	@Parameters(paramLabel = "ID", description = "The batch.")
	@SuppressWarnings("NullAway.Init")
	private UUID id;

	@Option(names = "--follow", description = "Wait until the batch has ended; ends as follow does.")
	private boolean follow;

	@Mixin
	private final ConnectionOptions connection = new ConnectionOptions();

	CancelCommand(Program program) {
		this.program = program;
	}

	@Override
	public Integer call() {
		try (Session session = Session.open(this.program, this.connection)) {
			Batch batch = session.ask("Cancelling", () -> session.batches().cancel(this.id));
			if (this.follow) {
				return session.follow(this.id, false, null).code();
			}
			session.tell(batch);
			if (!batch.state().isFinal()) {
				session.console().note("  to see it end:  " + session.command("follow", this.id));
			}
			return ExitCode.DONE.code();
		}
	}

}
