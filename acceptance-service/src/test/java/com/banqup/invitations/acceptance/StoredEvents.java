package com.banqup.invitations.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.events.InvitationProgressed;
import com.banqup.invitations.events.InvitationRevoked;
import com.banqup.invitations.events.LinkEstablished;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.specific.SpecificRecord;

import org.springframework.r2dbc.core.DatabaseClient;

/** The events in the outbox, for tests that run without a relay. */
public final class StoredEvents {

	private static final List<BinaryMessageDecoder<? extends SpecificRecord>> DECODERS = List
		.of(LinkEstablished.getDecoder(), InvitationProgressed.getDecoder(), InvitationRevoked.getDecoder());

	private final DatabaseClient database;

	public StoredEvents(DatabaseClient database) {
		this.database = database;
	}

	/** The events with this client as their key, oldest first. */
	public List<SpecificRecord> of(UUID clientId) {
		return Objects.requireNonNull(this.database
			.sql("SELECT payload FROM outbox WHERE topic = 'onboarding-events' AND message_key = :key ORDER BY id")
			.bind("key", clientId.toString())
			.map((row) -> decode(Objects.requireNonNull(row.get("payload", ByteBuffer.class))))
			.all()
			.collectList()
			.block());
	}

	private static SpecificRecord decode(ByteBuffer payload) {
		for (BinaryMessageDecoder<? extends SpecificRecord> decoder : DECODERS) {
			try {
				return decoder.decode(payload.duplicate());
			}
			catch (MissingSchemaException ex) {
				// Another type: the next decoder knows it.
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		throw new IllegalStateException("event of an unknown type");
	}

}
