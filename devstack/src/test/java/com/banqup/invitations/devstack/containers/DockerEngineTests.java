package com.banqup.invitations.devstack.containers;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class DockerEngineTests {

	private final Path socket;

	DockerEngineTests(@TempDir Path folder) {
		this.socket = folder.resolve("docker.sock");
	}

	@Test
	void isThereWhenItAnswersAPing() throws IOException {
		try (ServerSocketChannel server = listening()) {
			answer(server, "HTTP/1.1 200 OK\r\n\r\nOK");

			assertThat(answers(Duration.ofSeconds(5))).isTrue();
		}
	}

	@Test
	void isNotThereWhenItAnswersAnError() throws IOException {
		try (ServerSocketChannel server = listening()) {
			answer(server, "HTTP/1.1 500 Internal Server Error\r\n\r\n");

			assertThat(answers(Duration.ofSeconds(5))).isFalse();
		}
	}

	@Test
	void isNotThereWhenItSaysNothing() throws IOException {
		try (ServerSocketChannel server = listening()) {
			assertThat(server.isOpen()).isTrue();
			assertThat(answers(Duration.ofMillis(100))).isFalse();
		}
	}

	@Test
	void isNotThereWithoutASocketOrWithOneNobodyListensOn() throws IOException {
		assertThat(answers(Duration.ofSeconds(5))).isFalse();
		listening().close();
		assertThat(answers(Duration.ofSeconds(5))).isFalse();
	}

	@Test
	void isOfNoUseOnAnotherMachine() {
		assertThat(DockerEngine.answers(Map.of("DOCKER_HOST", "tcp://docker.example:2375"), Duration.ofSeconds(5)))
			.isFalse();
	}

	private boolean answers(Duration patience) {
		return DockerEngine.answers(Map.of("DOCKER_HOST", "unix://" + this.socket), patience);
	}

	private ServerSocketChannel listening() throws IOException {
		ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		server.bind(UnixDomainSocketAddress.of(this.socket));
		return server;
	}

	private static void answer(ServerSocketChannel server, String response) {
		Thread.ofVirtual().start(() -> {
			try (SocketChannel channel = server.accept()) {
				channel.read(ByteBuffer.allocate(1024));
				channel.write(StandardCharsets.US_ASCII.encode(response));
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

}
