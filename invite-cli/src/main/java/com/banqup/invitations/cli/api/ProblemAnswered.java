package com.banqup.invitations.cli.api;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** The server refused. */
public final class ProblemAnswered extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Problem problem;

	private final @Nullable Duration retryAfter;

	ProblemAnswered(Problem problem, @Nullable Duration retryAfter) {
		super(problem.summary());
		this.problem = problem;
		this.retryAfter = retryAfter;
	}

	public Problem problem() {
		return this.problem;
	}

	/** Whether the same request may succeed later. */
	public boolean isTemporary() {
		return this.problem.isTemporary();
	}

	/** When the server wants to be asked again. */
	public Optional<Duration> retryAfter() {
		return Optional.ofNullable(this.retryAfter);
	}

}
