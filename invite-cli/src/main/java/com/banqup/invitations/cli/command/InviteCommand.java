package com.banqup.invitations.cli.command;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "invite", mixinStandardHelpOptions = true, version = "invite 0.1.0-SNAPSHOT",
		description = "Invites a file of clients to Banqup, and tells what became of each row.",
		footer = { "", "Examples, on a system that ./run started:",
				"  invite batch samples/clients.csv --template 'New clients' --dry-run",
				"  invite batch samples/clients.csv --template 'New clients' --report results.csv",
				"What files look like: docs/bulk-invitations.md" })
final class InviteCommand implements Callable<Integer> {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public Integer call() {
		throw new ParameterException(this.spec.commandLine(), "a command is missing");
	}

}
