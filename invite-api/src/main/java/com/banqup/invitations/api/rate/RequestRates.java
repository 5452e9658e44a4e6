package com.banqup.invitations.api.rate;

import java.time.Duration;
import java.util.UUID;

import com.banqup.invitations.api.access.AccessNeeded;
import com.banqup.invitations.api.access.GrantedAccess;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds each Partner Space to so many reading and so many writing requests a second, by
 * token buckets that never make anybody wait. A Partner Space that pauses is forgotten
 * once its buckets would be full: nothing is lost by it.
 */
public class RequestRates {

	private static final Logger log = LoggerFactory.getLogger(RequestRates.class);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final LoadingCache<UUID, Allowance> allowances;

	private final RateProperties properties;

	private final TimeMeter time;

	private final Counter readsRefused;

	private final Counter writesRefused;

	RequestRates(RateProperties properties, TimeMeter time, MeterRegistry meters) {
		this.properties = properties;
		this.time = time;
		this.readsRefused = refused("read", meters);
		this.writesRefused = refused("write", meters);
		Duration idle = properties.fullAfter();
		this.allowances = Caffeine.newBuilder()
			.maximumSize(properties.partnerSpaces())
			.expireAfterAccess((idle.compareTo(MINUTE) > 0) ? idle : MINUTE)
			.ticker(time::currentTimeNanos)
			.executor(Runnable::run)
			.build((id) -> allowance());
		Gauge.builder("partner.space.rates.kept", this, RequestRates::kept)
			.description("Partner Spaces whose requests are counted")
			.register(meters);
	}

	private static Counter refused(String kind, MeterRegistry meters) {
		return Counter.builder("partner.space.requests.refused")
			.description("Requests that came faster than a Partner Space may send them")
			.tag("kind", kind)
			.register(meters);
	}

	/**
	 * Whether the Partner Space can have this request now. If not, it can have one within
	 * a second.
	 */
	public boolean admit(GrantedAccess access) {
		Allowance allowance = this.allowances.get(access.partnerSpaceId());
		boolean reads = access.needed() == AccessNeeded.LOOK;
		if ((reads ? allowance.reads : allowance.writes).tryConsume(1)) {
			return true;
		}
		(reads ? this.readsRefused : this.writesRefused).increment();
		if (allowance.warnings.tryConsume(1)) {
			log.warn("Partner Space {} sends requests faster than it may ({})", access.partnerSpaceId(),
					access.needed());
		}
		return false;
	}

	private double kept() {
		this.allowances.cleanUp();
		return this.allowances.estimatedSize();
	}

	private Allowance allowance() {
		return new Allowance(bucket(this.properties.readBurst(), this.properties.readsPerSecond(), SECOND),
				bucket(this.properties.writeBurst(), this.properties.writesPerSecond(), SECOND), bucket(1, 1, MINUTE));
	}

	private Bucket bucket(int burst, int refill, Duration period) {
		return Bucket.builder()
			.addLimit((limit) -> limit.capacity(burst).refillGreedy(refill, period))
			.withCustomTimePrecision(this.time)
			.build();
	}

	/**
	 * What a Partner Space has left.
	 *
	 * @param reads a token for each reading request
	 * @param writes a token for each writing request
	 * @param warnings a token for each line in the log about it
	 */
	private record Allowance(Bucket reads, Bucket writes, Bucket warnings) {
	}

}
