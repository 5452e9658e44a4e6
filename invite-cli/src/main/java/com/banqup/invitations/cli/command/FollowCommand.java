package com.banqup.invitations.cli.command;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "follow", mixinStandardHelpOptions = true,
		description = "Shows how far a batch is until it has ended, then what became of it.")
final class FollowCommand implements Callable<Integer> {

	private final Program program;

	@Parameters(paramLabel = "ID", description = "The batch.")
	@SuppressWarnings("NullAway.Init")
	private UUID id;

	@Option(names = "--no-progress", description = "Only wait for the end.")
	private boolean quiet;

	@Option(names = "--report", paramLabel = "FILE", description = "Save the results of all rows as CSV, at the end.")
	private @Nullable Path report;

	@Mixin
	private final ConnectionOptions connection = new ConnectionOptions();

	FollowCommand(Program program) {
		this.program = program;
	}

	@Override
	public Integer call() {
		ReportFile reportFile = ReportFile.of(this.report);
		try (Session session = Session.open(this.program, this.connection)) {
			return session.follow(this.id, this.quiet, reportFile).code();
		}
	}

}
