package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner can read, from their first byte on. */
final class PrivateFile {

	private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

	private PrivateFile() {
	}

	/** Writes the file whole: readers see the old content or the new, never a part. */
	static void write(Path file, String content) {
		try {
			Path half = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName().toString(), ".tmp",
					OWNER_ONLY);
			Files.write(half, content.getBytes(StandardCharsets.UTF_8));
			Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new LaunchException("%s cannot be written: %s".formatted(file, ex), ex);
		}
	}

}
