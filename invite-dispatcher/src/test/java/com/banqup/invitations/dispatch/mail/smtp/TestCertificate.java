package com.banqup.invitations.dispatch.mail.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

/** A self-signed certificate, made by the JDK's keytool when it is first needed. */
final class TestCertificate {

	private static final Map<String, TestCertificate> CERTIFICATES = new ConcurrentHashMap<>();

	private static final String PASSWORD = "not-secret";

	private final KeyStore keys;

	private TestCertificate(KeyStore keys) {
		this.keys = keys;
	}

	static TestCertificate forHost(String host) {
		return CERTIFICATES.computeIfAbsent(host, (name) -> new TestCertificate(generate(name)));
	}

	/** For a server that shows this certificate. */
	SSLContext server() throws GeneralSecurityException {
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(this.keys, PASSWORD.toCharArray());
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(factory.getKeyManagers(), null, null);
		return context;
	}

	/** For a client that trusts this certificate and no other. */
	SslContext client() throws GeneralSecurityException, IOException {
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("relay", this.keys.getCertificate("relay"));
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(trusted);
		return SslContextBuilder.forClient().trustManager(factory).build();
	}

	/** The certificate as text. */
	String pem() throws GeneralSecurityException {
		return "-----BEGIN CERTIFICATE-----\n"
				+ Base64.getMimeEncoder().encodeToString(this.keys.getCertificate("relay").getEncoded())
				+ "\n-----END CERTIFICATE-----\n";
	}

	private static KeyStore generate(String host) {
		try {
			Path file = Files.createTempDirectory("certificate").resolve("keys.p12");
			Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
					"-genkeypair", "-alias", "relay", "-keyalg", "EC", "-groupname", "secp256r1", "-dname",
					"CN=" + host, "-ext", "san=dns:" + host, "-validity", "2", "-storetype", "PKCS12", "-keystore",
					file.toString(), "-storepass", PASSWORD)
				.redirectErrorStream(true)
				.start();
			String output = new String(keytool.getInputStream().readAllBytes());
			if (keytool.waitFor() != 0) {
				throw new IllegalStateException("keytool: " + output);
			}
			KeyStore keys = KeyStore.getInstance("PKCS12");
			try (InputStream stream = Files.newInputStream(file)) {
				keys.load(stream, PASSWORD.toCharArray());
			}
			Files.delete(file);
			Files.delete(file.getParent());
			return keys;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
