package com.banqup.invitations.outbox;

import java.time.Instant;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static java.util.Objects.requireNonNull;

/**
 * What operators do about records that cannot be published. Such a record is set aside so
 * that the others go on, later ones of its key included: a record that never arrives is
 * repaired by people, and everything behind it would have to wait for them.
 */
public final class ParkedMessages {

	private static final String LIST = """
			select id, topic, message_key, error, attempts, appended_at, parked_at
			from outbox_parked
			where id > :after
			order by id
			limit :limit
			""";

	/** With a new id: it goes behind the rows that are there. */
	private static final String REPUBLISH = """
			with freed as (
			    delete from outbox_parked where id = :id
			    returning topic, message_key, payload, traceparent)
			insert into outbox (topic, message_key, payload, traceparent)
			select topic, message_key, payload, traceparent from freed
			""";

	private static final String DISCARD = "delete from outbox_parked where id = :id";

	private final DatabaseClient database;

	private final Announcements announcements;

	ParkedMessages(ConnectionFactory connectionFactory, Announcements announcements) {
		this.database = DatabaseClient.create(connectionFactory);
		this.announcements = announcements;
	}

	/**
	 * The parked messages in the order of their ids.
	 * @param after the id to start behind; 0 for the first ones
	 * @param limit how many at most
	 */
	public Flux<ParkedMessage> list(long after, int limit) {
		return this.database.sql(LIST).bind("after", after).bind("limit", limit).map(ParkedMessages::message).all();
	}

	/**
	 * Gives a message back to the relay, behind what waits now, with all its attempts.
	 * Later records of its key may have been published before it.
	 * @param id the message
	 * @return false if there is no such parked message
	 */
	public Mono<Boolean> republish(long id) {
		return change(REPUBLISH, id).doOnNext((changed) -> this.announcements.announce());
	}

	/**
	 * Deletes a message for good.
	 * @param id the message
	 * @return false if there is no such parked message
	 */
	public Mono<Boolean> discard(long id) {
		return change(DISCARD, id);
	}

	private Mono<Boolean> change(String statement, long id) {
		return this.database.sql(statement).bind("id", id).fetch().rowsUpdated().map((rows) -> rows > 0);
	}

	private static ParkedMessage message(Readable row) {
		return new ParkedMessage(requireNonNull(row.get("id", Long.class)),
				requireNonNull(row.get("topic", String.class)), requireNonNull(row.get("message_key", String.class)),
				requireNonNull(row.get("error", String.class)), requireNonNull(row.get("attempts", Integer.class)),
				requireNonNull(row.get("appended_at", Instant.class)),
				requireNonNull(row.get("parked_at", Instant.class)));
	}

}
