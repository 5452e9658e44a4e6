package com.banqup.invitations.dispatch.mail.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.jspecify.annotations.Nullable;

/** What the mail says in one language. Immutable. */
final class MailTexts {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{(partner|client|expiry)}");

	private final Map<String, List<String>> texts = new HashMap<>();

	private final Map<Permission, String> permissions = new EnumMap<>(Permission.class);

	private final DateTimeFormatter expiryFormat;

	private volatile @Nullable Expiry lastExpiry;

	private MailTexts(InviteeLanguage language, Properties bundle, ZoneId zone) {
		bundle.stringPropertyNames().forEach((key) -> this.texts.put(key, parse(bundle.getProperty(key))));
		for (Permission permission : Permission.values()) {
			this.permissions.put(permission, require(bundle, "permission." + permission.code()));
		}
		this.expiryFormat = new DateTimeFormatterBuilder()
			.appendText(ChronoField.DAY_OF_MONTH, days(require(bundle, "expiry.first-day")))
			.appendPattern(require(bundle, "expiry.format"))
			.toFormatter(language.locale())
			.withZone(zone);
	}

	/**
	 * Reads the texts of one language.
	 * @param zone what expiry is told in
	 * @throws IllegalStateException when a text is missing
	 */
	static MailTexts load(InviteeLanguage language, ZoneId zone) {
		return new MailTexts(language, bundle(language), zone);
	}

	static Properties bundle(InviteeLanguage language) {
		String name = "/mail/texts_%s.properties".formatted(language.code());
		try (InputStream stream = MailTexts.class.getResourceAsStream(name)) {
			if (stream == null) {
				throw new IllegalStateException("missing resource: " + name);
			}
			Properties bundle = new Properties();
			bundle.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
			return bundle;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The text with the names filled in; the names are not looked into. */
	String text(String key, Names names) {
		List<String> parts = this.texts.get(key);
		if (parts == null) {
			throw new IllegalStateException("missing text: " + key);
		}
		if (parts.size() == 1) {
			return parts.getFirst();
		}
		StringBuilder text = new StringBuilder(256);
		for (int i = 0; i < parts.size(); i++) {
			String part = parts.get(i);
			text.append((i % 2 == 0) ? part : names.value(part));
		}
		return text.toString();
	}

	/** What the permission lets the partner do. */
	String permission(Permission permission) {
		return require(this.permissions, permission);
	}

	/**
	 * The instant as a date and time of day for readers. Mails sent together mostly
	 * expire together, and formatting takes longer than all the other texts.
	 */
	String expiry(Instant expiresAt) {
		long minute = Math.floorDiv(expiresAt.getEpochSecond(), 60);
		Expiry last = this.lastExpiry;
		if (last == null || last.minute() != minute) {
			last = new Expiry(minute, this.expiryFormat.format(expiresAt));
			this.lastExpiry = last;
		}
		return last.text();
	}

	/** Literal text at even, placeholders at odd positions. */
	private static List<String> parse(String text) {
		List<String> parts = new ArrayList<>();
		Matcher matcher = PLACEHOLDER.matcher(text);
		int end = 0;
		while (matcher.find()) {
			parts.add(text.substring(end, matcher.start()));
			parts.add(matcher.group(1));
			end = matcher.end();
		}
		parts.add(text.substring(end));
		return List.copyOf(parts);
	}

	private static Map<Long, String> days(String first) {
		Map<Long, String> days = new HashMap<>();
		IntStream.rangeClosed(2, 31).forEach((day) -> days.put((long) day, Integer.toString(day)));
		days.put(1L, first);
		return days;
	}

	private static String require(Properties bundle, String key) {
		String text = bundle.getProperty(key);
		if (text == null) {
			throw new IllegalStateException("missing text: " + key);
		}
		return text;
	}

	private static <K> String require(Map<K, String> texts, K key) {
		String text = texts.get(key);
		if (text == null) {
			throw new IllegalStateException("missing text: " + key);
		}
		return text;
	}

	private record Expiry(long minute, String text) {
	}

	/**
	 * What is filled in.
	 *
	 * @param partner who invites
	 * @param client who is invited
	 * @param expiry until when
	 */
	record Names(String partner, String client, String expiry) {

		private String value(String placeholder) {
			return switch (placeholder) {
				case "partner" -> this.partner;
				case "client" -> this.client;
				case "expiry" -> this.expiry;
				default -> throw new IllegalStateException("placeholder: " + placeholder);
			};
		}

	}

}
