package com.banqup.invitations.systemtests.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What has been measured so far. */
final class Results {

	private final List<Result> results = new ArrayList<>();

	void add(String title, int round, Figures figures) {
		this.results.add(new Result(title, round, figures.values()));
	}

	List<Result> all() {
		return this.results;
	}

	/** Every figure of every case, over the rounds. */
	Map<String, Map<String, Distribution>> summary() {
		Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();
		for (Result result : this.results) {
			Map<String, List<Double>> ofCase = values.computeIfAbsent(result.title(), (title) -> new LinkedHashMap<>());
			result.figures()
				.forEach((name, value) -> ofCase.computeIfAbsent(name, (figure) -> new ArrayList<>()).add(value));
		}
		Map<String, Map<String, Distribution>> summary = new LinkedHashMap<>();
		values.forEach((title, figures) -> {
			Map<String, Distribution> ofCase = new LinkedHashMap<>();
			figures.forEach((name, list) -> ofCase.put(name, Distribution.of(list)));
			summary.put(title, ofCase);
		});
		return summary;
	}

	/** The median, if it was measured at all. */
	Optional<Double> median(String title, String figure) {
		return Optional.ofNullable(summary().getOrDefault(title, Map.of()).get(figure)).map(Distribution::median);
	}

	/**
	 * How many times one case's figure is another's: the median over the rounds, each
	 * round compared with itself, because the machine's mood changes from round to round.
	 */
	Optional<Double> ratio(String title, String toTitle, String figure) {
		List<Double> ratios = new ArrayList<>();
		for (Result result : this.results) {
			if (result.title().equals(title)) {
				find(toTitle, (other) -> other.round() == result.round())
					.ifPresent((other) -> ratios.add(result.value(figure) / other.value(figure)));
			}
		}
		return ratios.isEmpty() ? Optional.empty() : Optional.of(Distribution.of(ratios).median());
	}

	private Optional<Result> find(String title, Predicate<Result> condition) {
		return this.results.stream().filter((result) -> result.title().equals(title)).filter(condition).findFirst();
	}

	/**
	 * One measurement.
	 *
	 * @param title of the case
	 * @param round counted from 1
	 */
	record Result(String title, int round, Map<String, Double> figures) {

		private double value(String figure) {
			return this.figures.getOrDefault(figure, Double.NaN);
		}

	}

}
