package com.banqup.invitations.dispatch.mail.smtp;

import java.time.Duration;
import java.util.function.ToDoubleFunction;

import com.banqup.invitations.dispatch.mail.RelayBusy;
import com.banqup.invitations.dispatch.mail.RelayUnavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.InstrumentedPool.PoolMetrics;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolAcquireTimeoutException;
import reactor.pool.PoolBuilder;
import reactor.pool.PoolShutdownException;
import reactor.pool.PooledRef;
import reactor.pool.PooledRefMetadata;

import org.springframework.context.SmartLifecycle;

/**
 * The kept sessions with the relay: at most so many, the most recently used first, closed
 * when old, worn or idle. Opens the first ones at start-up; a relay that is down then
 * does not matter.
 */
final class RelaySessions implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(RelaySessions.class);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

	/** Time for sessions that are being closed to be gone at the relay, too. */
	private static final Duration REFUSAL_PAUSE = Duration.ofMillis(100);

	private static final Duration MIN_EVICTION_INTERVAL = Duration.ofSeconds(1);

	private final RelayConnector connector;

	private final MailRelayProperties properties;

	private final SessionBound bound;

	private final InstrumentedPool<RelaySession> pool;

	private final Counter opened;

	private final Counter closed;

	/** Sessions that idled since before are not trusted, by System.nanoTime(). */
	private volatile long trustedSince = System.nanoTime();

	private volatile boolean running;

	RelaySessions(RelayConnector connector, MailRelayProperties properties, MeterRegistry meters) {
		this.connector = connector;
		this.properties = properties;
		this.opened = Counter.builder("dispatch.mail.connections.opened")
			.description("Sessions with the mail relay that were established")
			.register(meters);
		this.closed = Counter.builder("dispatch.mail.connections.closed")
			.description("Sessions with the mail relay that ended")
			.register(meters);
		this.bound = new SessionBound(properties.connections(), System::nanoTime);
		this.pool = PoolBuilder.from(Mono.defer(connector::connect).doOnNext((session) -> this.opened.increment()))
			.allocationStrategy(this.bound)
			.maxPendingAcquire(properties.maxWaiting())
			.idleResourceReuseMruOrder()
			.evictionPredicate(this::isWorn)
			.evictInBackground(evictionInterval(properties.maxSessionIdle()))
			.destroyHandler(this::destroy)
			.buildPool();
		PoolMetrics metrics = this.pool.metrics();
		gauge(meters, metrics, "active", PoolMetrics::acquiredSize);
		gauge(meters, metrics, "idle", PoolMetrics::idleSize);
		gauge(meters, metrics, "pending", PoolMetrics::pendingAcquireSize);
	}

	/**
	 * A session to send one mail with. Errors are {@link RelayUnavailable} and
	 * {@link RelayBusy}.
	 * @param deadline how long to wait for one, by {@link System#nanoTime()}
	 */
	Mono<PooledRef<RelaySession>> acquire(long deadline) {
		return acquireUntil(deadline, false);
	}

	private Mono<PooledRef<RelaySession>> acquireUntil(long deadline, boolean lastChance) {
		return Mono.defer(() -> {
			Duration left = Duration.ofNanos(deadline - System.nanoTime());
			return left.isPositive() ? this.pool.acquire(left) : Mono.error(new PoolAcquireTimeoutException(left));
		})
			.onErrorMap((ex) -> !(ex instanceof NotAdmitted), this::unavailable)
			.onErrorResume(NotAdmitted.class, (ex) -> waitForOthers(ex, deadline, lastChance));
	}

	/**
	 * Who is not let in waits for one of the sessions that are, and once for those that
	 * are being opened.
	 */
	private Mono<PooledRef<RelaySession>> waitForOthers(NotAdmitted refused, long deadline, boolean lastChance) {
		int admitted = this.connector.admitted();
		if (admitted > 0) {
			this.bound.lowerTo(Math.min(admitted, this.bound.permitGranted()));
			return acquireUntil(deadline, false).delaySubscription(REFUSAL_PAUSE);
		}
		if (this.connector.connecting() > 0 && !lastChance) {
			return acquireUntil(deadline, true).delaySubscription(REFUSAL_PAUSE);
		}
		return Mono.error(refused.refusal());
	}

	/**
	 * Called when a kept session turned out to be dead: those that idled along with it
	 * are likely dead too and are not given out any more.
	 */
	void distrustIdle() {
		this.trustedSince = System.nanoTime();
	}

	@Override
	public void start() {
		this.running = true;
		if (this.properties.warmConnections() > 0) {
			warmUp().subscribe();
		}
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.pool.disposeLater()
			.timeout(STOP_TIMEOUT)
			.onErrorComplete()
			.then(Mono.defer(this.connector::close))
			.onErrorComplete()
			.doFinally((signal) -> callback.run())
			.subscribe();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Before those that send mails start, after they have stopped. */
	@Override
	public int getPhase() {
		return 0;
	}

	/** Opens sessions by taking that many at once. */
	private Mono<Void> warmUp() {
		int count = this.properties.warmConnections();
		long deadline = System.nanoTime() + this.properties.maxWait().toNanos();
		return Flux.range(0, count)
			.flatMap((i) -> acquire(deadline), count)
			.collectList()
			.flatMapIterable((taken) -> taken)
			.concatMap(RelaySessions::giveBack)
			.doOnError((ex) -> log.warn("The mail relay is not available yet: {}", ex.getMessage()))
			.onErrorComplete()
			.then();
	}

	private static Mono<Void> giveBack(PooledRef<RelaySession> ref) {
		ref.poolable().rest();
		return ref.release();
	}

	private boolean isWorn(RelaySession session, PooledRefMetadata metadata) {
		return !session.isUsable() || metadata.lifeTime() > this.properties.maxSessionAge().toMillis()
				|| metadata.idleTime() > this.properties.maxSessionIdle().toMillis()
				|| session.lastUsedAt() - this.trustedSince < 0;
	}

	private Mono<Void> destroy(RelaySession session) {
		return Mono.fromRunnable(() -> {
			this.closed.increment();
			session.close();
		});
	}

	private Throwable unavailable(Throwable ex) {
		return switch (ex) {
			case PoolAcquireTimeoutException waited -> noFreeSession();
			case PoolAcquirePendingLimitException waited -> new RelayBusy();
			case PoolShutdownException stopped -> new RelayUnavailable("stopping", "the dispatcher stops");
			default -> ex;
		};
	}

	private RuntimeException noFreeSession() {
		return (this.connector.admitted() > 0) ? new RelayBusy()
				: new RelayUnavailable("no-free-session", "no session became free in time");
	}

	private static Duration evictionInterval(Duration maxIdle) {
		Duration interval = maxIdle.dividedBy(3);
		return (interval.compareTo(MIN_EVICTION_INTERVAL) < 0) ? MIN_EVICTION_INTERVAL : interval;
	}

	private static void gauge(MeterRegistry meters, PoolMetrics metrics, String state,
			ToDoubleFunction<PoolMetrics> value) {
		Gauge.builder("dispatch.mail.sessions", metrics, value)
			.description("Sessions with the mail relay, and mails waiting for one (pending)")
			.tag("state", state)
			.register(meters);
	}

}
