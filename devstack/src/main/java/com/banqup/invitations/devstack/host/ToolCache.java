package com.banqup.invitations.devstack.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Programs that come as archives, unpacked once per user and version. The folder is
 * {@code ~/.cache/client-invitations}; the system property {@code devstack.cache} names
 * another.
 */
public final class ToolCache {

	private ToolCache() {
	}

	/**
	 * The folder with the archive's content, unpacked now if it was not yet.
	 * @param name of the tool with its version
	 * @param archive opens the tar archive
	 */
	public static Path unpacked(String name, Archive archive) {
		return unpacked(Path
			.of(System.getProperty("devstack.cache", System.getProperty("user.home") + "/.cache/client-invitations")),
				name, archive);
	}

	/** The same, where other users of this machine can run it. */
	public static Path unpackedForOthers(String name, Archive archive) {
		String user = System.getProperty("user.name");
		Path root = Path.of(System.getProperty("java.io.tmpdir"), "client-invitations-" + user);
		try {
			if (Files.notExists(root)) {
				Files.createDirectory(root);
				letIn(root);
			}
			if (!Files.getOwner(root, LinkOption.NOFOLLOW_LINKS).getName().equals(user)) {
				throw new IllegalStateException("%s belongs to somebody else: remove it".formatted(root));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return unpacked(root, name, archive);
	}

	private static Path unpacked(Path root, String name, Archive archive) {
		Path target = root.resolve(name);
		if (Files.isDirectory(target)) {
			return target;
		}
		synchronized (ToolCache.class) {
			try {
				Files.createDirectories(root);
				try (FileChannel lock = FileChannel.open(root.resolve(name + ".lock"), StandardOpenOption.CREATE,
						StandardOpenOption.WRITE)) {
					lock.lock();
					if (!Files.isDirectory(target)) {
						Path half = root.resolve(name + ".unpacking");
						DataFolder.delete(half);
						try (InputStream in = archive.open()) {
							unpack(in, half);
						}
						letIntoAll(half);
						Files.move(half, target);
					}
				}
				return target;
			}
			catch (IOException ex) {
				throw new UncheckedIOException("%s could not be unpacked to %s: %s".formatted(name, root, ex), ex);
			}
		}
	}

	private static void unpack(InputStream in, Path folder) throws IOException {
		Files.createDirectories(folder);
		try (TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				Path path = folder.resolve(entry.getName()).normalize();
				if (!path.startsWith(folder)) {
					throw new IOException("entry leaves the folder: " + entry.getName());
				}
				if (entry.isDirectory()) {
					Files.createDirectories(path);
					continue;
				}
				Files.createDirectories(path.getParent());
				if (entry.isSymbolicLink()) {
					Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
				}
				else {
					Files.copy(tar, path);
					if ((entry.getMode() & 0111) != 0) {
						Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
					}
				}
			}
		}
	}

	private static void letIntoAll(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path inner : files.filter((file) -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).toList()) {
				letIn(inner);
			}
		}
	}

	/** Others can enter the folder, whatever the umask. */
	private static void letIn(Path folder) throws IOException {
		Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	/** Opens an uncompressed tar stream. */
	@FunctionalInterface
	public interface Archive {

		InputStream open() throws IOException;

	}

}
