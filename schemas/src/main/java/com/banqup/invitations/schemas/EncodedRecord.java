package com.banqup.invitations.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.banqup.invitations.schemas.Decoding.Decoded;
import com.banqup.invitations.schemas.Decoding.RegistryUnavailable;
import com.banqup.invitations.schemas.Decoding.Undecodable;
import com.banqup.invitations.schemas.Decoding.UnknownType;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
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

	private static final Map<String, Schema> KNOWN_TYPES = TrustedRecords.schemas()
		.stream()
		.collect(Collectors.toUnmodifiableMap(Schema::getFullName, Function.identity()));

	private final RegisteredSchemas schemas;

	private final byte[] bytes;

	EncodedRecord(RegisteredSchemas schemas, byte[] bytes) {
		this.schemas = schemas;
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

	private Decoding decode(Schema writer) {
		if (writer.getType() != Schema.Type.RECORD) {
			return new Undecodable(new SerializationException("the schema is no record's: " + writer.getType()));
		}
		Schema reader = KNOWN_TYPES.get(writer.getFullName());
		return (reader != null) ? decode(writer, reader) : new UnknownType(writer.getFullName());
	}

	/** With both schemas at hand, whatever fails is the record's matter. */
	private Decoding decode(Schema writer, Schema reader) {
		try {
			return new Decoded(new SpecificDatumReader<SpecificRecord>(writer, reader).read(null, DecoderFactory.get()
				.binaryDecoder(this.bytes, HEADER_BYTES, this.bytes.length - HEADER_BYTES, null)));
		}
		catch (IOException | RuntimeException ex) {
			return new Undecodable(ex);
		}
	}

}
