package com.banqup.invitations.acceptance.consent;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;

/**
 * The wording of consents. A version's files never change once it has been used: a new
 * wording is a new version beside it.
 */
public final class ConsentTexts {

	/** The version that people are asked to agree to today. */
	public static final String CURRENT_VERSION = "2026-01";

	private static final Map<InviteeLanguage, ConsentTexts> CURRENT = Arrays.stream(InviteeLanguage.values())
		.collect(Collectors.toMap((language) -> language, ConsentTexts::load, (one, other) -> one,
				() -> new EnumMap<>(InviteeLanguage.class)));

	private final InviteeLanguage language;

	private final String introduction;

	private final String ending;

	private final Map<Permission, String> permissions;

	private ConsentTexts(InviteeLanguage language, Properties properties) {
		this.language = language;
		this.introduction = required(properties, "introduction");
		this.ending = required(properties, "ending");
		this.permissions = Arrays.stream(Permission.values())
			.collect(Collectors.toMap((permission) -> permission,
					(permission) -> required(properties, "permission." + permission.code()), (one, other) -> one,
					() -> new EnumMap<>(Permission.class)));
	}

	/** The current wording in this language. */
	public static ConsentTexts in(InviteeLanguage language) {
		ConsentTexts texts = CURRENT.get(language);
		if (texts == null) {
			throw new IllegalStateException("consent text: none in " + language);
		}
		return texts;
	}

	private static ConsentTexts load(InviteeLanguage language) {
		String name = "/consent/%s/%s.properties".formatted(CURRENT_VERSION, language.code());
		try (InputStream file = ConsentTexts.class.getResourceAsStream(name)) {
			if (file == null) {
				throw new IllegalStateException("consent text: %s is missing".formatted(name));
			}
			Properties properties = new Properties();
			properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
			return new ConsentTexts(language, properties);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String required(Properties properties, String key) {
		String text = properties.getProperty(key);
		if (text == null || text.isBlank()) {
			throw new IllegalStateException("consent text: %s is missing".formatted(key));
		}
		return text;
	}

	/** What this permission allows, in a few words for a person. */
	public String describe(Permission permission) {
		String text = this.permissions.get(permission);
		if (text == null) {
			throw new IllegalStateException("consent text: none for " + permission.code());
		}
		return text;
	}

	/** The words that a person agrees to when granting this partner these permissions. */
	public ConsentText granting(String partnerName, List<Permission> permissions) {
		String list = permissions.stream()
			.map((permission) -> "- " + describe(permission))
			.collect(Collectors.joining("\n"));
		String text = String.join("\n\n", this.introduction.replace("{partner}", partnerName), list,
				this.ending.replace("{partner}", partnerName));
		return new ConsentText(CURRENT_VERSION, this.language, text);
	}

}
