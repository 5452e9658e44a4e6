package com.banqup.invitations.acceptance.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Style sheet and icon, held in memory, each at an address that changes with its content.
 */
@Component
final class Assets {

	private static final MediaType CSS = new MediaType("text", "css", StandardCharsets.UTF_8);

	private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");

	private final Asset stylesheet = load("page.css", CSS);

	private final Asset icon = load("icon.svg", SVG);

	private final Map<String, Asset> byPath = Stream.of(this.stylesheet, this.icon)
		.collect(Collectors.toUnmodifiableMap(Asset::path, Function.identity()));

	String stylesheet() {
		return this.stylesheet.path();
	}

	String icon() {
		return this.icon.path();
	}

	Optional<Asset> find(String path) {
		return Optional.ofNullable(this.byPath.get(path));
	}

	private static Asset load(String name, MediaType type) {
		try (InputStream file = Assets.class.getResourceAsStream("/assets/" + name)) {
			if (file == null) {
				throw new IllegalStateException("asset: %s is missing".formatted(name));
			}
			byte[] content = file.readAllBytes();
			return new Asset("/assets/%s/%s".formatted(fingerprint(content), name), type, content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String fingerprint(byte[] content) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
			return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 12);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("SHA-256 is part of every Java platform", ex);
		}
	}

	/** A file that pages refer to. */
	record Asset(String path, MediaType type, byte[] content) {
	}

}
