package com.banqup.invitations.acceptance.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.acceptance.TestClock;
import com.banqup.invitations.acceptance.TestStack;
import com.banqup.invitations.link.LinkToken;

/** Builds what partners request, with plausible defaults. */
public record TestInvitations(UUID id, int generation, UUID partnerSpaceId, String partnerName, UUID clientId,
		String address, Instant expiresAt, List<String> permissions) {

	public static TestInvitations anInvitation() {
		return new TestInvitations(UUID.randomUUID(), 1, UUID.randomUUID(), "Müller & Partner", UUID.randomUUID(),
				"owner@bakery.example", TestClock.START.plus(Duration.ofDays(30)),
				List.of("view-documents", "view-reports"));
	}

	public TestInvitations resent() {
		return new TestInvitations(this.id, this.generation + 1, this.partnerSpaceId, this.partnerName, this.clientId,
				this.address, this.expiresAt.plus(Duration.ofDays(1)), this.permissions);
	}

	public TestInvitations by(UUID partnerSpaceId, String partnerName) {
		return new TestInvitations(this.id, this.generation, partnerSpaceId, partnerName, this.clientId, this.address,
				this.expiresAt, this.permissions);
	}

	public TestInvitations expiringAt(Instant expiresAt) {
		return new TestInvitations(this.id, this.generation, this.partnerSpaceId, this.partnerName, this.clientId,
				this.address, expiresAt, this.permissions);
	}

	public TestInvitations askingFor(String... permissions) {
		return new TestInvitations(this.id, this.generation, this.partnerSpaceId, this.partnerName, this.clientId,
				this.address, this.expiresAt, List.of(permissions));
	}

	public RequestedInvitation requested() {
		return new RequestedInvitation(this.id, this.generation, this.partnerSpaceId, this.partnerName, this.clientId,
				"Bakery", "nl", this.permissions, TestClock.START, this.expiresAt);
	}

	public Revocation revocation() {
		return new Revocation(this.id, this.partnerSpaceId, this.clientId, TestClock.START);
	}

	public LinkToken link() {
		return new LinkToken(this.id, this.generation);
	}

	public String token() {
		return TestStack.LINKS.tokenFor(link());
	}

}
