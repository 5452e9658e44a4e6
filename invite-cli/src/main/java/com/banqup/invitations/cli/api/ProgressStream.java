package com.banqup.invitations.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import tools.jackson.databind.json.JsonMapper;

/** States of a batch, as the server sends them. */
public final class ProgressStream implements AutoCloseable {

	private final ServerSentEvents events;

	private final JsonMapper json;

	private String lastEventId;

	ProgressStream(InputStream stream, String lastEventId, JsonMapper json) {
		this.events = new ServerSentEvents(stream, lastEventId);
		this.lastEventId = lastEventId;
		this.json = json;
	}

	/**
	 * The next state; empty when the server ended the stream.
	 * @throws Unreachable if the connection broke, or the server has been silent for too
	 * long
	 */
	public Optional<Batch> next() {
		try {
			ServerSentEvents.Event event = this.events.next();
			while (event != null && !event.type().equals("progress")) {
				event = this.events.next();
			}
			if (event == null) {
				return Optional.empty();
			}
			Batch batch = Batch.parse(event.data(), this.json);
			this.lastEventId = event.id();
			return Optional.of(batch);
		}
		catch (IOException ex) {
			throw new Unreachable("the stream of events broke: " + ex.getMessage(), ex);
		}
	}

	/** Where to go on from. */
	public String lastEventId() {
		return this.lastEventId;
	}

	@Override
	public void close() {
		try {
			this.events.close();
		}
		catch (IOException ex) {
			// Nothing more is read from it.
		}
	}

}
