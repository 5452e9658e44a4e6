package com.banqup.invitations.devstack.containers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Whether a Docker engine answers on this machine. Testcontainers finds that out too, but
 * takes long and says much when there is none.
 */
public final class DockerEngine {

	private static final Duration PATIENCE = Duration.ofMillis(1500);

	private DockerEngine() {
	}

	/** True if one answers a ping within the patience. */
	public static boolean answers() {
		return answers(System.getenv(), PATIENCE);
	}

	static boolean answers(Map<String, String> environment, Duration patience) {
		FutureTask<Boolean> ping = new FutureTask<>(
				() -> addresses(environment).stream().anyMatch(DockerEngine::answersAt));
		Thread.ofPlatform().daemon().name("docker-ping").start(ping);
		try {
			return ping.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** The parts' ports are published on 127.0.0.1, so only a local engine will do. */
	private static List<SocketAddress> addresses(Map<String, String> environment) {
		String host = environment.get("DOCKER_HOST");
		if (host != null && !host.isBlank()) {
			URI uri = URI.create(host.strip());
			boolean local = List.of("127.0.0.1", "localhost").contains(String.valueOf(uri.getHost()));
			return switch (String.valueOf(uri.getScheme())) {
				case "unix" -> sockets(Stream.of(uri.getPath()));
				case "tcp", "http" -> (local && uri.getPort() > 0)
						? List.of(new InetSocketAddress("127.0.0.1", uri.getPort())) : List.of();
				default -> List.of();
			};
		}
		String home = System.getProperty("user.home");
		String runtime = environment.get("XDG_RUNTIME_DIR");
		return sockets(Stream.of("/var/run/docker.sock", (runtime != null) ? runtime + "/docker.sock" : null,
				home + "/.docker/run/docker.sock", home + "/.docker/desktop/docker.sock"));
	}

	private static List<SocketAddress> sockets(Stream<String> paths) {
		return paths.filter(Objects::nonNull)
			.map(Path::of)
			.filter(Files::exists)
			.<SocketAddress>map(UnixDomainSocketAddress::of)
			.toList();
	}

	private static boolean answersAt(SocketAddress address) {
		try (SocketChannel channel = (address instanceof UnixDomainSocketAddress)
				? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open()) {
			channel.connect(address);
			channel.write(StandardCharsets.US_ASCII.encode("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n"));
			ByteBuffer answer = ByteBuffer.allocate(64);
			while (answer.position() < 12 && channel.read(answer) >= 0) {
				// A status line has at least twelve characters.
			}
			return StandardCharsets.US_ASCII.decode(answer.flip()).toString().matches("(?s)HTTP/1\\.[01] 200.*");
		}
		catch (IOException ex) {
			return false;
		}
	}

}
