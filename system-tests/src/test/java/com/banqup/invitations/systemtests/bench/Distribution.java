package com.banqup.invitations.systemtests.bench;

import java.util.Arrays;
import java.util.Collection;

/** Figures of one kind, in order. */
final class Distribution {

	private final double[] sorted;

	private Distribution(double[] sorted) {
		this.sorted = sorted;
	}

	/**
	 * Of at least one figure.
	 * @throws IllegalArgumentException if there is none
	 */
	static Distribution of(Collection<Double> figures) {
		if (figures.isEmpty()) {
			throw new IllegalArgumentException("figures: none (expected: at least 1)");
		}
		double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
		Arrays.sort(sorted);
		return new Distribution(sorted);
	}

	int count() {
		return this.sorted.length;
	}

	double least() {
		return this.sorted[0];
	}

	double most() {
		return this.sorted[this.sorted.length - 1];
	}

	/** The middle one, or what lies between the two in the middle. */
	double median() {
		int upper = this.sorted.length / 2;
		int lower = (this.sorted.length - 1) / 2;
		return (this.sorted[lower] + this.sorted[upper]) / 2;
	}

	/**
	 * The least figure that this share of all figures does not exceed (nearest rank).
	 * @param share more than 0, at most 1
	 */
	double percentile(double share) {
		int rank = (int) Math.ceil(share * this.sorted.length);
		return this.sorted[Math.max(rank, 1) - 1];
	}

}
