package com.banqup.invitations.api.invitation.kafka;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

import com.banqup.invitations.api.deadletter.DeadLetter;
import com.banqup.invitations.api.deadletter.DeadLetters;
import com.banqup.invitations.api.invitation.RecordOnboardingFacts;
import com.banqup.invitations.api.invitation.kafka.OnboardingEvents.ReadFact;
import com.banqup.invitations.api.invitation.kafka.OnboardingEvents.Unusable;
import com.banqup.invitations.outbox.database.AboutTheData;
import com.banqup.invitations.schemas.EncodedRecord;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Records what a batch of records says, and keeps as dead letters what can never be
 * recorded, so that one bad record does not hold up the others of its partition. What
 * fails because the database is away is an error: the batch comes again.
 */
@Component
class RecordEvents {

	private static final Logger log = LoggerFactory.getLogger(RecordEvents.class);

	private final RecordOnboardingFacts recordOnboardingFacts;

	private final DeadLetters deadLetters;

	private final MeterRegistry meters;

	RecordEvents(RecordOnboardingFacts recordOnboardingFacts, DeadLetters deadLetters, MeterRegistry meters) {
		this.recordOnboardingFacts = recordOnboardingFacts;
		this.deadLetters = deadLetters;
		this.meters = meters;
	}

	Mono<Void> record(OnboardingEvents events) {
		return keep(events.unusable(), "undecodable").then(Mono.defer(() -> recordTogether(events.facts())));
	}

	private Mono<Void> recordTogether(List<ReadFact> facts) {
		return this.recordOnboardingFacts.record(facts.stream().map(ReadFact::fact).toList())
			.then()
			.onErrorResume(RecordEvents::isPermanent, (ex) -> recordOneByOne(facts));
	}

	/** Facts have no order, so those that can be recorded lose nothing by it. */
	private Mono<Void> recordOneByOne(List<ReadFact> facts) {
		return Flux.fromIterable(facts).concatMap(this::recordOrKeep).then();
	}

	private Mono<Void> recordOrKeep(ReadFact fact) {
		return this.recordOnboardingFacts.record(List.of(fact.fact()))
			.then()
			.onErrorResume(RecordEvents::isPermanent,
					(ex) -> keep(List.of(new Unusable(fact.record(), ex)), "refused"));
	}

	private Mono<Void> keep(List<Unusable> unusable, String outcome) {
		return this.deadLetters.keep(unusable.stream().map(RecordEvents::letter).toList())
			.doOnSuccess((nothing) -> unusable.forEach((each) -> report(each, outcome)));
	}

	private static DeadLetter letter(Unusable unusable) {
		ConsumerRecord<String, @Nullable EncodedRecord> record = unusable.record();
		EncodedRecord value = record.value();
		return new DeadLetter(record.topic(), record.partition(), record.offset(),
				Instant.ofEpochMilli(record.timestamp()), record.key(),
				(value != null) ? ByteBuffer.wrap(value.bytes()) : null,
				causes(unusable.error()).reduce((outer, inner) -> inner).orElseThrow().toString());
	}

	/** Without the error's words: they may quote the record. */
	private void report(Unusable unusable, String outcome) {
		log.error("Kept {} as a dead letter: {}", letter(unusable), unusable.error().getClass().getSimpleName());
		this.meters.counter("onboarding.events", "type", "none", "outcome", outcome).increment();
	}

	/**
	 * Whether trying again is of no use: the database refuses the data, or we have a
	 * defect. Anything that is not known to be such is tried again.
	 */
	static boolean isPermanent(Throwable error) {
		return switch (error) {
			case DataAccessException ex -> AboutTheData.is(ex);
			case NullPointerException ex -> true;
			case IllegalArgumentException ex -> true;
			case ClassCastException ex -> true;
			case IndexOutOfBoundsException ex -> true;
			case NoSuchElementException ex -> true;
			case ArithmeticException ex -> true;
			case DateTimeException ex -> true;
			case UnsupportedOperationException ex -> true;
			case MatchException ex -> true;
			default -> false;
		};
	}

	private static Stream<Throwable> causes(Throwable error) {
		return Stream.iterate(error, (cause) -> cause != null, Throwable::getCause);
	}

}
