package com.banqup.invitations.outbox;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** Messages as columns, inserted by one statement however many they are. */
final class OutboxRows {

	/** In their order. {@link #bindTo} binds the parameters. */
	static final String INSERT = """
			insert into outbox (topic, message_key, payload, traceparent)
			select topic, message_key, substring(:outboxPayloads::bytea from start for size), traceparent
			from unnest(:outboxTopics::text[], :outboxKeys::text[], :outboxStarts::int[], :outboxSizes::int[],
			            :outboxTraceparents::text[])
			    with ordinality as encoded (topic, message_key, start, size, traceparent, position)
			order by position
			""";

	private final String[] topics;

	private final String[] keys;

	/** One array of bytes for all: the driver has no arrays of byte arrays. */
	private final byte[] payloads;

	private final Integer[] starts;

	private final Integer[] sizes;

	private final @Nullable String[] traceparents;

	OutboxRows(String[] topics, String[] keys, byte[] payloads, Integer[] starts, Integer[] sizes,
			@Nullable String[] traceparents) {
		this.topics = topics;
		this.keys = keys;
		this.payloads = payloads;
		this.starts = starts;
		this.sizes = sizes;
		this.traceparents = traceparents;
	}

	/** Binds the parameters of {@link #INSERT}. */
	GenericExecuteSpec bindTo(GenericExecuteSpec statement) {
		return statement.bind("outboxTopics", this.topics)
			.bind("outboxKeys", this.keys)
			.bind("outboxPayloads", this.payloads)
			.bind("outboxStarts", this.starts)
			.bind("outboxSizes", this.sizes)
			.bind("outboxTraceparents", this.traceparents);
	}

}
