package com.banqup.invitations.cli.command;

import java.util.List;

import com.banqup.invitations.cli.console.Console;

/** What the user has to know when the program ends before its time. */
final class Interruption {

	private volatile List<String> words = List.of();

	/** Says it when the process is told to end, by Ctrl-C for instance. */
	void sayAtTheEndOfTheProcess(Console console) {
		Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> say(console)));
	}

	void say(Console console) {
		this.words.forEach(console::note);
		this.words = List.of();
	}

	/** From now on this is what there is to know. */
	void know(String... words) {
		this.words = List.of(words);
	}

	void over() {
		this.words = List.of();
	}

}
