package com.banqup.invitations.systemtests.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one measurement found: figures by name, units in the names, in order. */
final class Figures {

	static final String INVITES_PER_SECOND = "invites/s";

	static final String UPLOAD_ROWS_PER_SECOND = "upload rows/s";

	static final String REQUESTS_PER_SECOND = "requests/s";

	static final String REFUSED = "refused (429)";

	static final String REPEATED = "mails repeated";

	static final String OTHERS_BUSY = "cores busy with other work";

	private final Map<String, Double> values = new LinkedHashMap<>();

	Figures put(String name, double value) {
		this.values.put(name, value);
		return this;
	}

	/** The processor time that each part took, by invitation. */
	Figures putCpu(CpuTimes used, Duration elapsed, long invitations) {
		double total = 0;
		for (Map.Entry<String, Duration> part : used.parts().entrySet()) {
			double micros = micros(part.getValue()) / invitations;
			if (part.getKey().equals(CpuTimes.OTHERS)) {
				continue;
			}
			if (!part.getKey().equals(CpuTimes.BENCH)) {
				total += micros;
			}
			put("CPU us/invite " + part.getKey(), micros);
		}
		put("CPU us/invite, all but bench", total);
		return put(OTHERS_BUSY, Math.max(0, micros(used.others()) / micros(elapsed)));
	}

	/** The most memory that each process had. */
	Figures putPeaks(Map<String, Long> peaks) {
		peaks.forEach((name, bytes) -> put("peak RSS MB " + name, bytes / 1e6));
		return this;
	}

	/** Nothing, of nothing. */
	Figures putMillis(String name, Collection<Double> times) {
		if (times.isEmpty()) {
			return this;
		}
		Distribution millis = Distribution.of(times);
		put(name + " p50 ms", millis.percentile(0.5));
		put(name + " p99 ms", millis.percentile(0.99));
		return put(name + " max ms", millis.most());
	}

	private static double micros(Duration time) {
		return time.toNanos() / 1e3;
	}

	Map<String, Double> values() {
		return this.values;
	}

}
