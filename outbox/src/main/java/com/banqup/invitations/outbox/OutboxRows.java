package com.banqup.invitations.outbox;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Messages as columns, for callers that insert them within a statement of their own:
 *
 * <pre>{@code
 * outbox.encode(messages)
 *     .flatMap((rows) -> rows.bindTo(database.sql("""
 *             with invited as (insert into invitation … returning …),
 *             appended as (%s)
 *             select … from invited
 *             """.formatted(OutboxRows.INSERT)))
 *         …
 * }</pre>
 *
 * Whoever inserts this way also calls {@link Outbox#announce()} in the same transaction.
 */
public final class OutboxRows {

	/** Inserts all rows in their order. {@link #bindTo} binds its parameters. */
	public static final String INSERT = """
			insert into outbox (topic, message_key, payload, traceparent)
			select topic, message_key, payload, traceparent
			from %s
			order by position
			""".formatted(OutboxRows.SOURCE);

	/**
	 * The rows as a table expression with the columns {@code topic}, {@code message_key},
	 * {@code payload}, {@code traceparent} and {@code position} (from 1, in the order of
	 * the messages), for callers that insert only some of them: join it by position.
	 */
	public static final String SOURCE = """
			(select topic, message_key, substring(:outboxPayloads::bytea from start for size) as payload, traceparent, position
			 from unnest(:outboxTopics::text[], :outboxKeys::text[], :outboxStarts::int[], :outboxSizes::int[],
			             :outboxTraceparents::text[])
			     with ordinality as encoded (topic, message_key, start, size, traceparent, position)) as outbox_message""";

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

	/** How many rows there are. */
	public int size() {
		return this.topics.length;
	}

	/** Binds the parameters of {@link #INSERT} and {@link #SOURCE}. */
	public GenericExecuteSpec bindTo(GenericExecuteSpec statement) {
		return statement.bind("outboxTopics", this.topics)
			.bind("outboxKeys", this.keys)
			.bind("outboxPayloads", this.payloads)
			.bind("outboxStarts", this.starts)
			.bind("outboxSizes", this.sizes)
			.bind("outboxTraceparents", this.traceparents);
	}

}
