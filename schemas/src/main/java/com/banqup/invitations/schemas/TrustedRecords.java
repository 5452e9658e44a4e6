package com.banqup.invitations.schemas;

import java.util.Set;

import com.banqup.invitations.events.InvitationCancelled;
import com.banqup.invitations.events.InvitationDeferred;
import com.banqup.invitations.events.InvitationProgressed;
import com.banqup.invitations.events.InvitationRevoked;
import com.banqup.invitations.events.InvitationSent;
import com.banqup.invitations.events.InvitationUndeliverable;
import com.banqup.invitations.events.LinkEstablished;
import com.banqup.invitations.events.ProgressStep;
import com.banqup.invitations.requests.BatchCancellationRequested;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * The record classes that Avro may instantiate. Avro loads no class named by a schema
 * unless it is trusted; an application that reads or writes these records calls
 * {@link #trust()} once before it does.
 */
public final class TrustedRecords {

	private static final Set<Class<?>> CLASSES = Set.of(InvitationRequested.class, InvitationRevocationRequested.class,
			BatchCancellationRequested.class, InvitationSent.class, InvitationDeferred.class,
			InvitationUndeliverable.class, InvitationCancelled.class, InvitationProgressed.class, ProgressStep.class,
			InvitationRevoked.class, LinkEstablished.class);

	static {
		ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(),
				(candidate) -> CLASSES.contains(candidate)));
	}

	private TrustedRecords() {
	}

	/**
	 * Trusts these records in this process, beside what was trusted before. Idempotent.
	 */
	public static void trust() {
		// The class initializer has done it, once.
	}

	/** The schemas of all records that go through Kafka, in their current version. */
	public static Set<Schema> schemas() {
		return Set.of(InvitationRequested.getClassSchema(), InvitationRevocationRequested.getClassSchema(),
				BatchCancellationRequested.getClassSchema(), InvitationSent.getClassSchema(),
				InvitationDeferred.getClassSchema(), InvitationUndeliverable.getClassSchema(),
				InvitationCancelled.getClassSchema(), InvitationProgressed.getClassSchema(),
				InvitationRevoked.getClassSchema(), LinkEstablished.getClassSchema());
	}

}
