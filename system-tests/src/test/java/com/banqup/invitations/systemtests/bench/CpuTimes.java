package com.banqup.invitations.systemtests.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Processor time by part.
 *
 * @param parts each with its time; what this machine did besides is {@link #OTHERS}
 */
record CpuTimes(Map<String, Duration> parts) {

	/** The process that measures. */
	static final String BENCH = "bench";

	/** What runs on this machine and is no part of the measurement. */
	static final String OTHERS = "others";

	/**
	 * Times that were read together.
	 * @param parts without the others
	 * @param all the whole machine's
	 */
	static CpuTimes of(Map<String, Duration> parts, Duration all) {
		Map<String, Duration> times = new LinkedHashMap<>(parts);
		times.put(OTHERS, parts.values().stream().reduce(all, Duration::minus));
		return new CpuTimes(times);
	}

	/** What each part has used since then. */
	CpuTimes since(CpuTimes earlier) {
		Map<String, Duration> used = new LinkedHashMap<>();
		this.parts.forEach((name, time) -> used.put(name, time.minus(earlier.parts.getOrDefault(name, Duration.ZERO))));
		return new CpuTimes(used);
	}

	/** Of the parts that are measured: neither the measuring nor the others. */
	Duration measured() {
		return this.parts.entrySet()
			.stream()
			.filter((part) -> !part.getKey().equals(BENCH) && !part.getKey().equals(OTHERS))
			.map(Map.Entry::getValue)
			.reduce(Duration.ZERO, Duration::plus);
	}

	Duration others() {
		return this.parts.getOrDefault(OTHERS, Duration.ZERO);
	}

}
