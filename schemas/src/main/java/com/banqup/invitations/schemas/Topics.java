package com.banqup.invitations.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The topics between the services. Keys are UUIDs in their text form (UTF-8); values are
 * Avro in Confluent's wire format, subjects named by topic and record
 * ({@code TopicRecordNameStrategy}), so that one topic carries several record types and a
 * subscriber can pass over types it does not know.
 */
public final class Topics {

	/**
	 * Work of people who wait for it: single invitations, resends, revocations, and the
	 * cancellations of bulks, which overtake them so. Key: Partner Space. Written by
	 * invite-api only.
	 */
	public static final String INVITATION_REQUESTS = "invitation-requests";

	/**
	 * The invitations of bulks, which name their bulk, and of requests to invite many
	 * clients, which name none; apart so that they never delay
	 * {@link #INVITATION_REQUESTS}. Key: Partner Space. Written by invite-api only.
	 */
	public static final String INVITATION_REQUESTS_BULK = "invitation-requests-bulk";

	/**
	 * Requests that will never be carried out, as they came, with the reason in headers.
	 */
	public static final String INVITATION_REQUESTS_DEAD_LETTERS = "invitation-requests.DLT";

	/** What happened, the public contract. Key: client. No names, addresses or tokens. */
	public static final String ONBOARDING_EVENTS = "onboarding-events";

	private Topics() {
	}

	/** Every topic, as it is to be provisioned. */
	public static List<TopicSpec> all() {
		return List.of(new TopicSpec(INVITATION_REQUESTS, 12, retention(Duration.ofDays(7))),
				new TopicSpec(INVITATION_REQUESTS_BULK, 12, retention(Duration.ofDays(7))),
				new TopicSpec(INVITATION_REQUESTS_DEAD_LETTERS, 3, retention(Duration.ofDays(30))),
				new TopicSpec(ONBOARDING_EVENTS, 12, retention(Duration.ofDays(365))));
	}

	private static Map<String, String> retention(Duration time) {
		return Map.of("retention.ms", Long.toString(time.toMillis()), "cleanup.policy", "delete");
	}

}
