package com.banqup.invitations.systemtests.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.banqup.invitations.devstack.console.Table;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was found, for people and for programs.
 *
 * @param environment what it was found on
 * @param notes what a reader of the figures should know
 */
record Report(Map<String, Object> environment, Results results, List<String> notes) {

	/** Medians, the least and the most; what was reached of the targets. */
	List<String> table() {
		Table table = new Table();
		this.results.summary().forEach((title, figures) -> {
			table.section(title);
			figures.forEach((name, distribution) -> table.row(name, text(distribution)));
		});
		List<Target> targets = Target.of(this.results);
		if (!targets.isEmpty()) {
			table.section("targets");
			targets.forEach((target) -> table.row(target.title(),
					"%s (target: %s %s) %s".formatted(number(target.measured()),
							target.atMost() ? "at most" : "at least", number(target.goal()),
							target.isMet() ? "met" : "MISSED")));
		}
		List<String> lines = new ArrayList<>(table.lines());
		lines.add("Medians; in parentheses the least and the most, and of how many rounds.");
		lines.addAll(this.notes);
		return lines;
	}

	private static String text(Distribution distribution) {
		return "%s (%s .. %s; %d)".formatted(number(distribution.median()), number(distribution.least()),
				number(distribution.most()), distribution.count());
	}

	/** Three significant digits, or all before the point. */
	static String number(double value) {
		double size = Math.abs(value);
		int decimals = (size >= 100 || size == 0) ? 0 : (size >= 10) ? 1 : 2;
		return String.format(Locale.ENGLISH, "%,." + decimals + "f", value);
	}

	/** Everything, with each single measurement. */
	byte[] json() {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("environment", this.environment);
		json.put("notes", this.notes);
		json.put("targets", Target.of(this.results).stream().map(Report::json).toList());
		Map<String, Object> summary = new LinkedHashMap<>();
		this.results.summary().forEach((title, figures) -> {
			Map<String, Object> ofCase = new LinkedHashMap<>();
			figures.forEach((name, distribution) -> ofCase.put(name, Map.of("median", distribution.median(), "least",
					distribution.least(), "most", distribution.most(), "rounds", distribution.count())));
			summary.put(title, ofCase);
		});
		json.put("summary", summary);
		json.put("measurements", this.results.all());
		return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsBytes(json);
	}

	private static Map<String, Object> json(Target target) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("title", target.title());
		json.put(target.atMost() ? "atMost" : "atLeast", target.goal());
		json.put("measured", target.measured());
		json.put("met", target.isMet());
		return json;
	}

}
