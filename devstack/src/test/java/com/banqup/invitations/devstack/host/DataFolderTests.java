package com.banqup.invitations.devstack.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataFolderTests {

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is a device of Linux")
	void isNotHeldByWhoCouldNotUseIt(@TempDir Path folder) throws IOException {
		Files.createSymbolicLink(folder.resolve(DataFolder.MARKER), Path.of("/dev/full"));

		for (int attempt = 0; attempt < 2; attempt++) {
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> DataFolder.tryLock(folder))
				.withMessageContaining("cannot be used");
		}
	}

}
