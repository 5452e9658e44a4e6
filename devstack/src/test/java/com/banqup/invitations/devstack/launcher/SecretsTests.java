package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import com.banqup.invitations.link.LinkKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SecretsTests {

	@TempDir
	private Path folder;

	@Test
	void staysTheSameForAFolder() {
		assertThat(Secrets.in(this.folder)).isEqualTo(Secrets.in(this.folder));
	}

	@Test
	void drawsAKeyThatLinksCanBeMadeWith() {
		Secrets secrets = Secrets.in(this.folder);

		assertThatNoException().isThrownBy(() -> LinkKeys.of(1, Map.of(1, secrets.linkKey())));
		assertThat(secrets.clientSecret()).isNotEqualTo(secrets.linkKey());
	}

	@Test
	void onlyTheOwnerCanReadThem() throws IOException {
		Secrets.in(this.folder);

		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.folder.resolve("link-key"))))
			.isEqualTo("rw-------");
	}

	@Test
	void doesNotShowThem() {
		Secrets secrets = Secrets.in(this.folder);

		assertThat(secrets.toString()).doesNotContain(secrets.linkKey(), secrets.clientSecret());
	}

}
