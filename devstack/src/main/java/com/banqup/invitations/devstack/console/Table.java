package com.banqup.invitations.devstack.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Rows of a label and a value, in sections, in plain ASCII. */
public final class Table {

	private final List<Section> sections = new ArrayList<>();

	/** Begins a section; rows follow. */
	public Table section(String title) {
		this.sections.add(new Section(title, new ArrayList<>()));
		return this;
	}

	/** Adds a row to the last section. */
	public Table row(String label, Object value) {
		this.sections.getLast().rows().add(new Row(label, String.valueOf(value)));
		return this;
	}

	/** The table's lines. */
	public List<String> lines() {
		int labels = width(Row::label);
		int values = width(Row::value);
		int titles = this.sections.stream().mapToInt((section) -> section.title().length()).max().orElse(0);
		String rule = "+-" + "-".repeat(titles) + "-+-" + "-".repeat(labels) + "-+-" + "-".repeat(values) + "-+";
		List<String> lines = new ArrayList<>();
		lines.add(rule);
		for (Section section : this.sections) {
			String title = section.title();
			for (Row row : section.rows()) {
				lines.add("| %s | %s | %s |".formatted(pad(title, titles), pad(row.label(), labels),
						" ".repeat(values - row.value().length()) + row.value()));
				title = "";
			}
			lines.add(rule);
		}
		return lines;
	}

	private int width(Function<Row, String> column) {
		return this.sections.stream()
			.flatMap((section) -> section.rows().stream())
			.map(column)
			.mapToInt(String::length)
			.max()
			.orElse(0);
	}

	private static String pad(String text, int width) {
		return text + " ".repeat(width - text.length());
	}

	private record Section(String title, List<Row> rows) {
	}

	private record Row(String label, String value) {
	}

}
