package com.banqup.invitations.devstack.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Who registered, kept in a file. An address has one account per issuer. */
final class Accounts {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Path file;

	private final Map<String, Account> accounts;

	Accounts(Path file) {
		this.file = file;
		this.accounts = read(file);
	}

	/**
	 * The account of the address, made now if there is none. A name given replaces the
	 * one it had.
	 */
	synchronized Account logIn(String issuer, String email, String name) {
		String key = key(issuer, email);
		Optional<Account> known = Optional.ofNullable(this.accounts.get(key));
		String subject = known.map(Account::subject).orElseGet(() -> subject(key));
		String called = !name.isEmpty() ? name : known.map(Account::name).orElseGet(() -> localPart(email));
		Account account = new Account(subject, email, called);
		if (!account.equals(this.accounts.put(key, account))) {
			write();
		}
		return account;
	}

	/** The same subject whenever and wherever this address registers. */
	private static String subject(String key) {
		return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
	}

	private static String key(String issuer, String email) {
		return issuer + "/" + email.toLowerCase(Locale.ROOT);
	}

	private static String localPart(String email) {
		return email.substring(0, email.lastIndexOf('@'));
	}

	private static Map<String, Account> read(Path file) {
		try {
			return Files.exists(file)
					? JSON.readValue(Files.readAllBytes(file), new TypeReference<TreeMap<String, Account>>() {
					}) : new TreeMap<>();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write() {
		try {
			Path half = this.file.resolveSibling("accounts.half");
			Files.write(half, JSON.writeValueAsBytes(this.accounts));
			Files.move(half, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Somebody who registered.
	 *
	 * @param subject the {@code sub} claim
	 * @param email as last typed
	 * @param name as last typed
	 */
	record Account(String subject, String email, String name) {
	}

}
