package com.banqup.invitations.dispatch.delivery.kafka;

import java.util.ArrayList;
import java.util.List;

import com.banqup.invitations.schemas.Decoding;
import com.banqup.invitations.schemas.EncodedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record with what its value says.
 *
 * @param record the record as it came
 * @param content what its value says, null when it has none
 */
record Received(ConsumerRecord<byte[], @Nullable EncodedRecord> record, @Nullable Decoding content) {

	/**
	 * The records up to the first one that the schema registry says nothing about. Those
	 * after it are not asked for: a registry that hangs costs a batch one time limit.
	 */
	static List<Received> readable(List<ConsumerRecord<byte[], @Nullable EncodedRecord>> records) {
		List<Received> readable = new ArrayList<>(records.size());
		for (ConsumerRecord<byte[], @Nullable EncodedRecord> record : records) {
			EncodedRecord value = record.value();
			Decoding content = (value != null) ? value.decode() : null;
			if (content instanceof Decoding.RegistryUnavailable) {
				break;
			}
			readable.add(new Received(record, content));
		}
		return readable;
	}

}
