package com.banqup.invitations.cli.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and texts as people read them. */
public final class Texts {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

	private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

	private static final String[] UNITS = { "B", "KB", "MB", "GB" };

	private Texts() {
	}

	/** {@code 1,000,000}. */
	public static String number(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

	/** {@code 1.5 MB}, in powers of 1,024. */
	public static String size(long bytes) {
		double size = bytes;
		int unit = 0;
		while (size >= 1024 && unit < UNITS.length - 1) {
			size /= 1024;
			unit++;
		}
		return String.format(Locale.ROOT, (unit == 0 || size >= 100) ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
	}

	/** {@code 2 min 3 s}. */
	public static String duration(Duration duration) {
		long seconds = duration.toSeconds();
		if (seconds < 10) {
			return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
		}
		if (seconds < 60) {
			return seconds + " s";
		}
		if (seconds < 3600) {
			return seconds / 60 + " min " + seconds % 60 + " s";
		}
		return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
	}

	/** The time on the user's clock, with the date unless it is today's. */
	public static String time(Instant time, Instant now, ZoneId zone) {
		boolean today = time.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
		return (today ? TIME : DATE_AND_TIME).format(time.atZone(zone));
	}

	/** The text on one line, without anything that a terminal would obey. */
	public static String printable(String text) {
		return text.codePoints()
			.map((c) -> (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
					|| Character.getType(c) == Character.LINE_SEPARATOR
					|| Character.getType(c) == Character.PARAGRAPH_SEPARATOR) ? ' ' : c)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}
