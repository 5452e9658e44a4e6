package com.banqup.invitations.systemtests.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** What Linux tells about processes, in /proc. */
final class ProcessUsage {

	/** Ticks a second in /proc, on every architecture that Java runs on. */
	private static final long TICKS = 100;

	private static final Path PROC = Path.of("/proc");

	private ProcessUsage() {
	}

	/** The processor time of the process so far, without its children. */
	static Duration cpu(long pid) {
		return ofTicks(ownTicks(stat(pid)));
	}

	/** The processor time of the process and of everything it started so far. */
	static Duration cpuWithChildren(ProcessHandle process) {
		long ticks = ticksWithEndedChildren(stat(process.pid()));
		for (ProcessHandle child : process.descendants().toList()) {
			ticks += ticksWithEndedChildren(stat(child.pid()));
		}
		return ofTicks(ticks);
	}

	/** The processor time of the whole machine so far, idle time apart. */
	static Duration cpuOfAll() {
		return ofTicks(busyTicks(read(PROC.resolve("stat"))));
	}

	/**
	 * The most memory that the process had at a time since {@link #forgetPeak(long)}, in
	 * bytes.
	 */
	static long peakMemory(long pid) {
		return peak(read(PROC.resolve(Long.toString(pid)).resolve("status")));
	}

	/** Measures the peak from now on. */
	static void forgetPeak(long pid) {
		try {
			Files.writeString(PROC.resolve(Long.toString(pid)).resolve("clear_refs"), "5");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static long ownTicks(String stat) {
		return fields(stat, 13, 14);
	}

	static long ticksWithEndedChildren(String stat) {
		return fields(stat, 13, 16);
	}

	/** Sums fields, counted from 0; none of a process that is gone. */
	private static long fields(String stat, int first, int last) {
		if (stat.isEmpty()) {
			return 0;
		}
		// The second field is a name in parentheses, which may hold blanks.
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		long sum = 0;
		for (int i = first; i <= last; i++) {
			sum += Long.parseLong(fields[i - 2]);
		}
		return sum;
	}

	/** user, nice, system, not idle, not iowait, irq, softirq. */
	static long busyTicks(String stat) {
		String[] fields = stat.lines().findFirst().orElse("").trim().split(" +");
		return Long.parseLong(fields[1]) + Long.parseLong(fields[2]) + Long.parseLong(fields[3])
				+ Long.parseLong(fields[6]) + Long.parseLong(fields[7]);
	}

	static long peak(String status) {
		return status.lines()
			.filter((line) -> line.startsWith("VmHWM:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
			.findFirst()
			.orElse(0);
	}

	private static Duration ofTicks(long ticks) {
		return Duration.ofMillis(ticks * 1000 / TICKS);
	}

	private static String stat(long pid) {
		return read(PROC.resolve(Long.toString(pid)).resolve("stat"));
	}

	/** Nothing, of a process that has ended. */
	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (NoSuchFileException ex) {
			return "";
		}
		catch (IOException ex) {
			if (String.valueOf(ex.getMessage()).contains("No such process")) {
				return "";
			}
			throw new UncheckedIOException(ex);
		}
	}

}
