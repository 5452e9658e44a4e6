package com.banqup.invitations.cli.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServerSentEventsTests {

	@Test
	void readsEventsAndPassesOverCommentsAndUnknownFields() throws IOException {
		ServerSentEvents events = of(
				": heartbeat\n\nevent: progress\nid: 7\nretry: 3\nnew\ndata: {\"a\":\ndata: 1}\n\n", "");

		assertThat(events.next()).isEqualTo(new ServerSentEvents.Event("7", "progress", "{\"a\":\n1}"));
		assertThat(events.next()).isNull();
	}

	@Test
	void readsEveryKindOfLineEndAndWhatTheSpringFrameworkWrites() throws IOException {
		ServerSentEvents events = of("id:1\r\nevent:progress\r\ndata:x\r\n\r\nid:2\rdata: y\r\r", "");

		assertThat(events.next()).isEqualTo(new ServerSentEvents.Event("1", "progress", "x"));
		assertThat(events.next()).isEqualTo(new ServerSentEvents.Event("2", "message", "y"));
	}

	@Test
	void keepsTheLastIdForEventsWithoutOne() throws IOException {
		assertThat(of("data: x\n\n", "41").next()).isEqualTo(new ServerSentEvents.Event("41", "message", "x"));
	}

	@Test
	void anEventCutShortIsNone() throws IOException {
		assertThat(of("event: progress\ndata: {}\n", "").next()).isNull();
	}

	private static ServerSentEvents of(String text, String lastId) {
		return new ServerSentEvents(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), lastId);
	}

}
