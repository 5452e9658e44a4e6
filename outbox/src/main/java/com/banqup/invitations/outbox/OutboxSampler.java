package com.banqup.invitations.outbox;

import java.time.Duration;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static java.util.Objects.requireNonNull;

/**
 * Looks at the table from time to time, in every process, whether or not a relay is
 * active anywhere. It counts up to a bound and estimates beyond.
 */
final class OutboxSampler implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(OutboxSampler.class);

	private static final String SAMPLE = """
			with recursive waiting as (
			    (select topic from outbox order by topic limit 1)
			    union all
			    select (select next.topic from outbox as next where next.topic > waiting.topic order by next.topic limit 1)
			    from waiting
			    where waiting.topic is not null),
			oldest as (
			    select min(head.appended_at) as appended_at
			    from waiting
			    cross join lateral (select appended_at from outbox where topic = waiting.topic order by id limit 1) as head),
			counted as (select count(*) as rows from (select from outbox limit 100000) as bounded)
			select case when counted.rows < 100000 then counted.rows
			            else greatest(100000, (select reltuples from pg_class where oid = 'outbox'::regclass)) end
			           ::double precision as waiting,
			       coalesce(extract(epoch from statement_timestamp() - oldest.appended_at), 0)::double precision as age,
			       (select count(*) from (select from outbox_parked limit 100000) as bounded)::double precision as parked
			from counted, oldest
			""";

	private final DatabaseClient database;

	private final OutboxMetrics metrics;

	private final Duration interval;

	private final Duration timeout;

	private volatile @Nullable Disposable sampling;

	OutboxSampler(ConnectionFactory connectionFactory, OutboxMetrics metrics, OutboxProperties properties) {
		this.database = DatabaseClient.create(connectionFactory);
		this.metrics = metrics;
		this.interval = properties.sampleInterval();
		this.timeout = properties.statementTimeout();
	}

	Mono<Void> sample() {
		return this.database.sql(SAMPLE)
			.map(Sample::of)
			.one()
			.timeout(this.timeout)
			.onErrorResume(OutboxSampler::unknown)
			.doOnNext((sample) -> this.metrics.sampled(sample.waiting(), sample.age(), sample.parked()))
			.then();
	}

	private static Mono<Sample> unknown(Throwable error) {
		log.debug("The outbox cannot be sampled", error);
		return Mono.just(Sample.UNKNOWN);
	}

	/** The figures of one moment; not a number where they are not known. */
	private record Sample(double waiting, double age, double parked) {

		static final Sample UNKNOWN = new Sample(Double.NaN, Double.NaN, Double.NaN);

		static Sample of(Readable row) {
			return new Sample(number(row, "waiting"), number(row, "age"), number(row, "parked"));
		}

		private static double number(Readable row, String column) {
			return requireNonNull(row.get(column, Double.class));
		}

	}

	@Override
	public void start() {
		this.sampling = Flux.interval(Duration.ZERO, this.interval)
			.onBackpressureDrop()
			.concatMap((tick) -> sample(), 1)
			.subscribe();
	}

	@Override
	public void stop() {
		Disposable current = this.sampling;
		if (current != null) {
			current.dispose();
		}
		this.sampling = null;
	}

	@Override
	public boolean isRunning() {
		return this.sampling != null;
	}

	@Override
	public int getPhase() {
		return OutboxRelay.PHASE;
	}

}
