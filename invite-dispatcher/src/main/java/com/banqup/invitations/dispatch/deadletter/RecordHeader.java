package com.banqup.invitations.dispatch.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * A header of a Kafka record.
 *
 * @param name its name; not unique within a record
 * @param value its value, null when it had none
 */
public record RecordHeader(String name, byte @Nullable [] value) {
}
