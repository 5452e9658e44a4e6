package com.banqup.invitations.api.invitation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * How many mails a Partner Space can ask for on a day, in whatever way: a single request
 * beyond that is refused, bulks wait for the next day.
 * <p>
 * Single requests never exceed it among themselves, nor do bulks. Each kind sees of the
 * other what is committed, as nobody who waits for an answer may wait for a bulk's chunk
 * to end: when both come at the same time the day has, at most, the mails of one request
 * more (1,000), or those of one turn ({@code invite.batches.chunk-rows}), whichever are
 * more. The processes' clocks tell the day.
 */
@Service
public class DailyLimit {

	private final AskedMails mails;

	private final InvitationProperties properties;

	private final Counter refused;

	DailyLimit(AskedMails mails, InvitationProperties properties, MeterRegistry meters) {
		this.mails = mails;
		this.properties = properties;
		this.refused = Counter.builder("invitations.daily.limit.refused")
			.description("Single requests that would have been beyond the day's number of a Partner Space")
			.register(meters);
	}

	/**
	 * Counts the mails of a single request in its transaction, which holds the Partner
	 * Space's lock. Errors with {@link DailyLimitReached} if they are beyond the limit.
	 */
	Mono<Void> count(PartnerSpaceId id, int more, Instant now) {
		LocalDate today = dayOf(now);
		return this.mails.addSingle(id, today, more)
			.filter((all) -> all > this.properties.dailyLimit())
			.doOnNext((all) -> this.refused.increment())
			.flatMap((all) -> Mono.error(reached(all - more, more, now, endOf(today))));
	}

	private DailyLimitReached reached(long asked, int more, Instant now, Instant until) {
		return new DailyLimitReached(this.properties.dailyLimit(), asked, more, until, Duration.between(now, until));
	}

	/**
	 * How many mails bulks may still ask for on the day, none or less if it has enough.
	 * @param id whose bulks
	 * @param day which day
	 * @param ofBulks how many bulks have asked for
	 */
	public Mono<Long> leftForBulks(PartnerSpaceId id, LocalDate day, long ofBulks) {
		return this.mails.ofSingle(id, day).map((ofSingle) -> this.properties.dailyLimit() - ofBulks - ofSingle);
	}

	/** The day to which a moment belongs. */
	public LocalDate dayOf(Instant now) {
		return LocalDate.ofInstant(now, this.properties.zone());
	}

	/** When the day after begins. */
	public Instant endOf(LocalDate day) {
		return day.plusDays(1).atStartOfDay(this.properties.zone()).toInstant();
	}

}
