package com.banqup.invitations.systemtests.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the system is to reach on two cores, everything included.
 *
 * @param title what is measured
 * @param goal the figure to reach
 * @param atMost whether less is better
 * @param measured what was reached
 */
record Target(String title, double goal, boolean atMost, double measured) {

	boolean isMet() {
		return this.atMost ? this.measured <= this.goal : this.measured >= this.goal;
	}

	/** Those of the targets that something was measured for. */
	static List<Target> of(Results results) {
		List<Target> targets = new ArrayList<>();
		atLeast(targets, "invites/s of a bulk at 0 ms", 5_000,
				results.median(Titles.bulk(0), Figures.INVITES_PER_SECOND));
		atLeast(targets, "invites/s of a bulk at 50 ms", 4_000,
				results.median(Titles.bulk(50), Figures.INVITES_PER_SECOND));
		atLeast(targets, "times the baseline at 0 ms", 10,
				results.ratio(Titles.bulk(0), Titles.baseline(0), Figures.INVITES_PER_SECOND));
		atLeast(targets, "times the baseline at 20 ms", 30,
				results.ratio(Titles.bulk(20), Titles.baseline(20), Figures.INVITES_PER_SECOND));
		atLeast(targets, "rows/s of the upload alone", 50_000,
				results.median(Titles.bulk(0), Figures.UPLOAD_ROWS_PER_SECOND));
		atMost(targets, "ms from 202 to the mail during a bulk, p99", 1_000,
				results.median(Titles.FAIRNESS, "202 to mail p99 ms"));
		for (String service : BenchSystem.SERVICES) {
			String peak = "peak RSS MB " + service;
			atMost(targets, "times the memory of " + service + ", large bulk to small", 1.15,
					results.median(Titles.MEMORY_LARGE, peak)
						.flatMap((large) -> results.median(Titles.MEMORY_SMALL, peak).map((small) -> large / small)));
		}
		return targets;
	}

	private static void atLeast(List<Target> targets, String title, double goal, Optional<Double> measured) {
		measured.ifPresent((value) -> targets.add(new Target(title, goal, false, value)));
	}

	private static void atMost(List<Target> targets, String title, double goal, Optional<Double> measured) {
		measured.ifPresent((value) -> targets.add(new Target(title, goal, true, value)));
	}

	/** What the cases are called in the results. */
	static final class Titles {

		static final String SINGLE = "single invitations";

		static final String FAIRNESS = "single invitations during a bulk";

		static final String MEMORY_SMALL = "memory, small bulk";

		static final String MEMORY_LARGE = "memory, large bulk";

		static final String KILLS = "bulk with services killed";

		private Titles() {
		}

		static String bulk(int latency) {
			return "bulk, relay at %d ms".formatted(latency);
		}

		static String baseline(int latency) {
			return "baseline, relay at %d ms".formatted(latency);
		}

	}

}
