package com.banqup.invitations.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;

import com.banqup.invitations.cli.api.Batch;

/** How the program ends: what scripts go by. */
enum ExitCode {

	DONE(0, "Every row of the batch was invited (in a dry run: would be); or done as asked, or the batch still runs."),
	FAILED(1, "Something failed; the error output says what."),
	MISUSE(2, "The command line cannot be understood, or lacks something."),
	ROWS_LEFT_OUT(3, "The batch finished, with rows skipped or invalid."),
	BATCH_CANCELLED(4, "The batch was cancelled."), BATCH_FAILED(5, "The batch failed as a whole."),
	INTERRUPTED(130, "Interrupted by Ctrl-C; the batch goes on.");

	private final int code;

	private final String meaning;

	ExitCode(int code, String meaning) {
		this.code = code;
		this.meaning = meaning;
	}

	int code() {
		return this.code;
	}

	/** By what became of a batch. */
	static ExitCode of(Batch batch) {
		return switch (batch.state()) {
			case COMPLETED -> (batch.counts().leftOut() > 0) ? ROWS_LEFT_OUT : DONE;
			case CANCELLED -> BATCH_CANCELLED;
			case FAILED -> BATCH_FAILED;
			case RECEIVING, RUNNING, UNKNOWN -> DONE;
		};
	}

	/** For the help. */
	static Map<String, String> meanings() {
		Map<String, String> meanings = new LinkedHashMap<>();
		for (ExitCode exit : values()) {
			meanings.put(Integer.toString(exit.code), exit.meaning);
		}
		return meanings;
	}

}
