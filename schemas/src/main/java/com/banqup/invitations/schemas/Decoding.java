package com.banqup.invitations.schemas;

import org.apache.avro.specific.SpecificRecord;

/** What the value of a record says, as far as that can be known now. */
public sealed interface Decoding {

	/**
	 * It is a record of a type that this release knows.
	 *
	 * @param value the record, in this release's version of the type
	 */
	record Decoded(SpecificRecord value) implements Decoding {
	}

	/**
	 * It is a record of a type that this release does not know: not meant for it.
	 *
	 * @param type the type's full name
	 */
	record UnknownType(String type) implements Decoding {
	}

	/**
	 * Nobody will ever be able to decode it: the registry has no such schema, or one that
	 * is no record's, or the bytes are none of a record. The reason's message may quote
	 * the record.
	 *
	 * @param reason what is wrong with it
	 */
	record Undecodable(Exception reason) implements Decoding {
	}

	/**
	 * Nothing was said about the record: the registry did not answer, refused, or
	 * something else answered in its place. The same bytes may be decoded later.
	 *
	 * @param reason what came instead of a schema
	 */
	record RegistryUnavailable(Exception reason) implements Decoding {
	}

}
