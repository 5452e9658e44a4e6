package com.banqup.invitations.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.stream.Collectors;

import com.banqup.invitations.schemas.Decoding.Decoded;
import com.banqup.invitations.schemas.Decoding.RegistryUnavailable;
import com.banqup.invitations.schemas.Decoding.Undecodable;
import com.banqup.invitations.schemas.Decoding.UnknownType;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The value of a record as it stands in Kafka, in the format of the schema registry's
 * serializers. It is decoded when somebody asks for it, not while a batch is fetched: the
 * first record that the registry says nothing about can end its batch, and a registry
 * that hangs costs the batch one time limit. For one thread at a time.
 */
public final class EncodedRecord {

	private static final byte MAGIC = 0;

	private static final int HEADER_BYTES = 5;

	private static final Set<String> KNOWN_TYPES = TrustedRecords.schemas()
		.stream()
		.map(Schema::getFullName)
		.collect(Collectors.toUnmodifiableSet());

	private final RegisteredSchemas schemas;

	private final String topic;

	private final byte[] bytes;

	EncodedRecord(RegisteredSchemas schemas, String topic, byte[] bytes) {
		this.schemas = schemas;
		this.topic = topic;
		this.bytes = bytes;
	}

	/** The value as it came; not a copy. */
	public byte[] bytes() {
		return this.bytes;
	}

	/**
	 * What the value says. Asks the registry for the schema unless it is known, and waits
	 * for the answer. An answer that says nothing about the record is not remembered: the
	 * next call asks again.
	 */
	public Decoding decode() {
		if (this.bytes.length < HEADER_BYTES || this.bytes[0] != MAGIC) {
			return new Undecodable(
					new SerializationException("not in the format of the schema registry's serializers"));
		}
		try {
			return decode(this.schemas.require(ByteBuffer.wrap(this.bytes, 1, Integer.BYTES).getInt()));
		}
		catch (UnusableSchema ex) {
			return new Undecodable(ex);
		}
		catch (IOException | RestClientException | RuntimeException ex) {
			return new RegistryUnavailable(ex);
		}
	}

	private Decoding decode(Schema schema) {
		if (schema.getType() != Schema.Type.RECORD) {
			return new Undecodable(new SerializationException("the schema is no record's: " + schema.getType()));
		}
		return KNOWN_TYPES.contains(schema.getFullName()) ? decodeKnown() : new UnknownType(schema.getFullName());
	}

	/** With the schema at hand, whatever fails is the record's matter. */
	private Decoding decodeKnown() {
		try {
			return new Decoded((SpecificRecord) this.schemas.deserialize(this.topic, this.bytes));
		}
		catch (RuntimeException ex) {
			return new Undecodable(innermost(ex));
		}
	}

	private static Exception innermost(Exception ex) {
		return (ex.getCause() instanceof Exception cause) ? innermost(cause) : ex;
	}

}
