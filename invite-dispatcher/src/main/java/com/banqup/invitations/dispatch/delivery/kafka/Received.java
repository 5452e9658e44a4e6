package com.banqup.invitations.dispatch.delivery.kafka;

/** The value of a record, understood or not. */
sealed interface Received {

	/**
	 * The record was understood.
	 *
	 * @param bytes the value as it came
	 * @param value the Avro record
	 */
	record Decoded(byte[] bytes, Object value) implements Received {
	}

	/**
	 * A record of a type that we do not know: not meant for us.
	 *
	 * @param type the type's full name
	 */
	record Unknown(String type) implements Received {
	}

	/**
	 * Nobody will ever understand it.
	 *
	 * @param bytes the value as it came
	 * @param error what is wrong with it
	 */
	record Undecodable(byte[] bytes, String error) implements Received {
	}

	/**
	 * The schema registry could not be asked: to be read again.
	 *
	 * @param error what the registry's client said
	 */
	record Unreadable(String error) implements Received {
	}

}
