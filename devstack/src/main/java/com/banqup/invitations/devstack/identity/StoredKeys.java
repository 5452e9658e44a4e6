package com.banqup.invitations.devstack.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.proc.SecurityContext;
import no.nav.security.mock.oauth2.token.KeyProvider;
import org.jspecify.annotations.Nullable;

/**
 * A signing key for each issuer, made when first needed and kept in a file, so that
 * tokens remain valid when the stack is started again. (The library's own keys are in its
 * jar, known to everybody, and go to issuers in the order of their first request.)
 */
final class StoredKeys extends KeyProvider {

	private final Path file;

	private JWKSet keys;

	StoredKeys(Path file) {
		super(List.of(), JWSAlgorithm.RS256.getName());
		this.file = file;
		this.keys = read(file);
	}

	@Override
	public synchronized JWK signingKey(String issuer) {
		JWK present = this.keys.getKeyByKeyId(issuer);
		if (present != null) {
			return present;
		}
		List<JWK> more = new ArrayList<>(this.keys.getKeys());
		JWK made = newKey(issuer);
		more.add(made);
		JWKSet all = new JWKSet(more);
		write(all);
		this.keys = all;
		return made;
	}

	@Override
	public synchronized List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
		return selector.select(this.keys);
	}

	private static JWK newKey(String issuer) {
		try {
			return new RSAKeyGenerator(2048).keyID(issuer)
				.keyUse(KeyUse.SIGNATURE)
				.algorithm(JWSAlgorithm.RS256)
				.generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static JWKSet read(Path file) {
		try {
			return Files.exists(file) ? JWKSet.parse(Files.readString(file)) : new JWKSet();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ParseException ex) {
			throw new IllegalStateException("%s is not a set of keys: %s".formatted(file, ex.getMessage()), ex);
		}
	}

	private void write(JWKSet all) {
		try {
			Path half = this.file.resolveSibling("keys.half");
			Files.deleteIfExists(half);
			Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			Files.writeString(half, all.toString(false));
			Files.move(half, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
