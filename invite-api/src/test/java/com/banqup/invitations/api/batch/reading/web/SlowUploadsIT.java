package com.banqup.invitations.api.batch.reading.web;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.banqup.invitations.api.ControllerServer;
import com.banqup.invitations.api.batch.reading.UploadProperties;
import com.banqup.invitations.api.batch.reading.UploadReader;
import com.banqup.invitations.api.batch.reading.web.BatchUploadProblemsTests.UploadController;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** Senders who keep their uploads open as long as they can, on a real connection. */
class SlowUploadsIT {

	private static final int PATIENCE = 60_000;

	@Test
	void areRefusedWhenNothingComes() throws IOException {
		try (ControllerServer server = server("200ms", "1KB", "60s"); Socket sender = server.connect()) {
			begin(sender);

			assertThat(answer(sender)).startsWith("HTTP/1.1 408 ")
				.contains("/problems/upload-timeout", "nothing for 0 seconds", "\"line\":1");
		}
	}

	@ParameterizedTest
	@CsvSource({ "1s, 1KB, 60s, less than 1024 bytes a second", "1s, 0KB, 1s, more than 1 seconds for all of it" })
	void areRefusedWhenAByteComesNowAndThen(String idleTimeout, String minRate, String longest, String reason)
			throws IOException {
		try (ControllerServer server = server(idleTimeout, minRate, longest); Socket sender = server.connect()) {
			begin(sender);

			assertThat(answerToBytesNowAndThen(sender)).startsWith("HTTP/1.1 408 ")
				.contains("/problems/upload-timeout", reason);
		}
	}

	private static ControllerServer server(String idleTimeout, String minRate, String longest) {
		UploadProperties properties = new UploadProperties(10, DataSize.ofMegabytes(1), DataSize.ofKilobytes(16),
				duration(idleTimeout), DataSize.parse(minRate), duration(longest), 1);
		return ControllerServer.of((server) -> server,
				new UploadController(new UploadReader(properties, Schedulers.immediate())), new BatchUploadProblems());
	}

	private static Duration duration(String text) {
		return DurationStyle.SIMPLE.parse(text);
	}

	private static void begin(Socket sender) throws IOException {
		send(sender, """
				POST /uploads HTTP/1.1
				Host: localhost
				Content-Type: text/csv
				Transfer-Encoding: chunked
				Connection: close

				""".replace("\n", "\r\n") + "b\r\nname,email\n\r\n");
	}

	private static void send(Socket sender, String text) throws IOException {
		sender.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static String answerToBytesNowAndThen(Socket sender) throws IOException {
		sender.setSoTimeout(50);
		while (true) {
			try {
				int first = sender.getInputStream().read();
				return (char) first + answer(sender);
			}
			catch (SocketTimeoutException ex) {
				send(sender, "1\r\n \r\n");
			}
		}
	}

	private static String answer(Socket sender) throws IOException {
		sender.setSoTimeout(PATIENCE);
		return new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

}
