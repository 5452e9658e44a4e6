package com.banqup.invitations.devstack.launcher;

/**
 * How a process ended.
 *
 * @param value what the operating system tells, 128 + n for signal n
 */
record ExitCode(int value) {

	private static final int SIGNALS = 128;

	@Override
	public String toString() {
		return (this.value > SIGNALS && this.value < SIGNALS + 64) ? "killed by signal " + (this.value - SIGNALS)
				: "exit code " + this.value;
	}

}
