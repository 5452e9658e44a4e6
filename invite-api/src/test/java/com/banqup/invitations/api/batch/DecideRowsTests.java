package com.banqup.invitations.api.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.batch.BatchRow.Corrected;
import com.banqup.invitations.api.batch.BatchRow.KnownClient;
import com.banqup.invitations.api.batch.BatchRow.NamedClient;
import com.banqup.invitations.api.batch.BatchRow.Undelivered;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.batch.RowDecision.Again;
import com.banqup.invitations.api.batch.RowDecision.Invite;
import com.banqup.invitations.api.batch.RowDecision.Leave;
import com.banqup.invitations.api.batch.RowDecision.MailAgain;
import com.banqup.invitations.api.batch.RowDecision.Refuse;
import com.banqup.invitations.api.client.Client;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientProbe;
import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.client.EmailAddress;
import com.banqup.invitations.api.invitation.Delivery;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.InvitableClient;
import com.banqup.invitations.api.invitation.InvitableClient.Pending;
import com.banqup.invitations.api.invitation.Invitation;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.InvitationState;
import com.banqup.invitations.api.invitation.MailRequest.Addressee;
import com.banqup.invitations.api.invitation.Progress;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class DecideRowsTests {

	private static final BatchId BATCH = new BatchId(UUID.randomUUID());

	private static final PartnerSpaceId SPACE = new PartnerSpaceId(UUID.randomUUID());

	private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

	private static final Instant SILENT_BEFORE = NOW.minus(Duration.ofDays(8));

	private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(20));

	private final Map<ClientProbe, ClientId> matches = new HashMap<>();

	private final Map<ClientId, InvitableClient> clients = new HashMap<>();

	private final Map<InvitationId, Invitation> invitations = new HashMap<>();

	private final Map<ClientId, Client> corrected = new HashMap<>();

	@Test
	void invitesANewClientWithWhatTheRowSays() {
		BatchRow row = row(1, "K-1", "New", "n@n.example");

		assertThat(decide(row)).singleElement().isInstanceOfSatisfying(Invite.class, (invite) -> {
			assertThat(invite.added()).isNotNull();
			assertThat(invite.addressee().email()).isEqualTo("n@n.example");
			assertThat(invite.message()).isEqualTo("Hello");
		});
	}

	@Test
	void refusesWhatCannotBeRead() {
		assertThat(reasons(new BatchRow(1, 3, "r", new Unusable(RowReason.MALFORMED, "not JSON"))))
			.containsExactly(RowReason.MALFORMED);
	}

	@Nested
	class WhenRowsNameTheSameNewClient {

		@Test
		void takesTheFirstOfOneReference() {
			assertThat(reasons(row(1, "K-1", "A", "a@a.example"), row(2, "K-1", "Other", "o@o.example")))
				.containsExactly(null, RowReason.DUPLICATE_IN_BATCH);
		}

		@Test
		void takesTheFirstOfOneAddressAndName() {
			assertThat(reasons(row(1, null, "Café", "a@a.example"), row(2, null, "CAFE", "A@A.example")))
				.containsExactly(null, RowReason.DUPLICATE_IN_BATCH);
		}

		@Test
		void takesTwoReferencesAtOneAddressForTwoClients() {
			assertThat(reasons(row(1, "K-1", "A", "a@a.example"), row(2, "K-2", "A", "a@a.example")))
				.containsExactly(null, null);
		}

		@Test
		void takesARowWithoutAReferenceForTheClientAtTheAddress() {
			assertThat(reasons(row(1, "K-1", "A", "a@a.example"), row(2, null, "A", "a@a.example")))
				.containsExactly(null, RowReason.DUPLICATE_IN_BATCH);
			assertThat(reasons(row(1, null, "A", "a@a.example"), row(2, "K-1", "A", "a@a.example")))
				.containsExactly(null, RowReason.DUPLICATE_IN_BATCH);
		}

		@Test
		void saysWhichRowCameFirst() {
			List<RowDecision> decisions = decide(row(7, null, "A", "a@a.example"), row(8, null, "A", "a@a.example"));

			assertThat(((Refuse) decisions.get(1)).result().detail())
				.isEqualTo("Row 7 of the batch names the same client.");
		}

		@Test
		void takesTwoNamesAtOneAddressForTwoClients() {
			assertThat(reasons(row(1, null, "A", "a@a.example"), row(2, null, "B", "a@a.example")))
				.containsExactly(null, null);
		}

	}

	@Nested
	class WhenTheClientIsThere {

		private final ClientId id = new ClientId(UUID.randomUUID());

		private final BatchRow row = row(1, "K-1", "A", "a@a.example");

		@Test
		void invitesItAtItsOwnAddress() {
			there(ClientStatus.INACTIVE, "A@a.example", null);

			assertThat(decide(this.row)).singleElement().isInstanceOfSatisfying(Invite.class, (invite) -> {
				assertThat(invite.clientId()).isEqualTo(this.id);
				assertThat(invite.added()).isNull();
				assertThat(invite.addressee().email()).isEqualTo("A@a.example");
			});
		}

		@Test
		void doesNotMailToAnAddressThatTheRowDoesNotName() {
			there(ClientStatus.INACTIVE, "old@a.example", null);

			assertThat(reasons(this.row)).containsExactly(RowReason.ADDRESS_DIFFERS);
		}

		@Test
		void refusesOneThatIsLinked() {
			there(ClientStatus.ACTIVE, "a@a.example", null);

			assertThat(reasons(this.row)).containsExactly(RowReason.ALREADY_LINKED);
		}

		@Test
		void namesTheInvitationThatStandsInTheWay() {
			InvitationId standing = new InvitationId(UUID.randomUUID());
			there(ClientStatus.INACTIVE, "a@a.example", new Pending(standing, null, null));

			assertThat(((Refuse) decide(this.row).getFirst()).result().invitationId()).isEqualTo(standing);
			assertThat(reasons(this.row)).containsExactly(RowReason.ALREADY_INVITED);
		}

		@Test
		void knowsThatAnEarlierChunkInvitedIt() {
			there(ClientStatus.INACTIVE, "a@a.example",
					new Pending(new InvitationId(UUID.randomUUID()), BATCH.value(), 12));

			RowResult result = ((Refuse) decide(this.row).getFirst()).result();
			assertThat(result.reason()).isEqualTo(RowReason.DUPLICATE_IN_BATCH);
			assertThat(result.detail()).isEqualTo("Row 12 of the batch names the same client.");
		}

		@Test
		void invitesItOnceWhenItIsNamedTwice() {
			there(ClientStatus.INACTIVE, "a@a.example", null);

			assertThat(reasons(this.row, new BatchRow(2, 2, null, new KnownClient(this.id)))).containsExactly(null,
					RowReason.DUPLICATE_IN_BATCH);
		}

		private void there(ClientStatus status, String email, @Nullable Pending pending) {
			DecideRowsTests.this.matches.put(ClientProbe.of(details("K-1", "A", "a@a.example")), this.id);
			DecideRowsTests.this.clients.put(this.id,
					new InvitableClient(new Addressee(this.id, "A", email), status, null, pending));
		}

	}

	@Nested
	class WhenTheRowInvitedItsClientBefore {

		private final ClientId id = new ClientId(UUID.randomUUID());

		private final InvitationId given = new InvitationId(UUID.randomUUID());

		private final BatchRow row = new BatchRow(1, 1, "r", new Undelivered(this.id, this.given));

		@Test
		void mailsTheInvitationAgainWhoseMailWasGivenUp() {
			invited(InvitationState.PENDING, DeliveryState.REJECTED, null);

			assertThat(decide(this.row)).singleElement().isInstanceOfSatisfying(MailAgain.class, (again) -> {
				assertThat(again.addressee().email()).isEqualTo("new@a.example");
				assertThat(again.again()).isEqualTo(new Again(this.given, null));
				assertThat(again.language()).isNull();
				assertThat(again.message()).isNull();
			});
		}

		@Test
		void mailsTheInvitationAgainThatNothingWasHeardOf() {
			invited(InvitationState.PENDING, DeliveryState.QUEUED, null);

			assertThat(decide(this.row)).singleElement().isInstanceOf(MailAgain.class);
		}

		@Test
		void leavesTheRowWhoseMailWasAskedForAgainMeanwhile() {
			there(ClientStatus.INACTIVE, new Pending(this.given, BATCH.value(), 1));
			invitation(InvitationState.PENDING, 2, DeliveryState.QUEUED, null, NOW.minusSeconds(1), null);

			assertThat(decide(this.row)).singleElement().isInstanceOf(Leave.class);
		}

		@ParameterizedTest
		@EnumSource(names = { "SENT", "DEFERRED", "CANCELLED" })
		void leavesTheRowWhoseMailDidNotFail(DeliveryState delivery) {
			invited(InvitationState.PENDING, delivery, null);

			assertThat(decide(this.row)).singleElement().isInstanceOf(Leave.class);
		}

		@ParameterizedTest
		@EnumSource(names = { "ACCEPTED", "REVOKED" })
		void leavesTheRowWhoseInvitationHasEnded(InvitationState state) {
			invited(state, DeliveryState.REJECTED, null);

			assertThat(decide(this.row)).singleElement().isInstanceOf(Leave.class);
		}

		@Test
		void leavesTheRowWhoseInvitationIsToBeRevoked() {
			invited(InvitationState.EXPIRED, DeliveryState.REJECTED, NOW);

			assertThat(decide(this.row)).singleElement().isInstanceOf(Leave.class);
		}

		@Test
		void leavesTheRowWhoseInvitationWasSentTooOften() {
			there(ClientStatus.INACTIVE, new Pending(this.given, BATCH.value(), 1));
			invitation(InvitationState.PENDING, LinkToken.MAX_GENERATION, DeliveryState.REJECTED, null, LONG_AGO, null);

			assertThat(decide(this.row)).singleElement().isInstanceOf(Leave.class);
		}

		@Test
		void invitesTheClientAnewWhoseInvitationHasExpired() {
			invited(InvitationState.EXPIRED, DeliveryState.REJECTED, null);

			assertThat(decide(this.row)).singleElement().isInstanceOfSatisfying(Invite.class, (invite) -> {
				assertThat(invite.row()).isEqualTo(this.row);
				assertThat(invite.again()).isEqualTo(new Again(this.given, null));
				assertThat(invite.added()).isNull();
				assertThat(invite.message()).isEqualTo("Once more");
			});
		}

		@Test
		void invitesTheClientAnewWhoseMailCameTooLate() {
			there(ClientStatus.INACTIVE, null);
			invitation(InvitationState.EXPIRED, 1, DeliveryState.CANCELLED, "expired", LONG_AGO, null);

			assertThat(decide(this.row)).singleElement().isInstanceOf(Invite.class);
		}

		@Test
		void skipsTheRowWhoseClientIsLinkedOtherwise() {
			there(ClientStatus.ACTIVE, null);
			invitation(InvitationState.EXPIRED, 1, DeliveryState.REJECTED, null, LONG_AGO, null);

			skipped(RowReason.ALREADY_LINKED);
		}

		@Test
		void skipsTheRowWhoseClientWasInvitedByAnotherInvitation() {
			there(ClientStatus.INACTIVE, new Pending(new InvitationId(UUID.randomUUID()), null, null));
			invitation(InvitationState.EXPIRED, 1, DeliveryState.REJECTED, null, LONG_AGO, null);

			skipped(RowReason.ALREADY_INVITED);
		}

		/** So that a later retry can invite the client with the same words. */
		private void skipped(RowReason reason) {
			assertThat(decide(this.row)).singleElement().isInstanceOfSatisfying(Refuse.class, (refuse) -> {
				assertThat(refuse.row()).isEqualTo(this.row);
				assertThat(refuse.replaced()).isEqualTo(this.given);
				assertThat(refuse.result().reason()).isEqualTo(reason);
				assertThat(refuse.result().state()).isEqualTo(RowState.SKIPPED);
				assertThat(refuse.result().invitedBefore()).isTrue();
				assertThat(refuse.result().row().content()).isEqualTo(new KnownClient(this.id, "Once more"));
			});
		}

		@Nested
		class AndThePartnerCorrectsIt {

			@Test
			void changesTheClientAndMailsItAtTheNewAddress() {
				invited(InvitationState.PENDING, DeliveryState.REJECTED, null);

				ClientDetails given = new ClientDetails("B", EmailAddress.of("b@b.example"), InviteeLanguage.FRENCH,
						null, null, "BE");
				assertThat(decide(corrected(given))).singleElement()
					.isInstanceOfSatisfying(MailAgain.class, (again) -> {
						assertThat(again.addressee()).isEqualTo(new Addressee(id, "B", "b@b.example"));
						assertThat(again.language()).isEqualTo(InviteeLanguage.FRENCH);
						assertThat(again.message()).isEqualTo("Hello");
						assertThat(requireNonNull(again.again().changed()).details()).isEqualTo(new ClientDetails("B",
								EmailAddress.of("b@b.example"), InviteeLanguage.FRENCH, "K-1", "BE0123456789", "BE"));
					});
			}

			@Test
			void changesNothingOfAClientThatIsAsTheCorrectionSays() {
				invited(InvitationState.PENDING, DeliveryState.REJECTED, null);

				assertThat(decide(corrected(details("K-1", "A", "new@a.example")))).singleElement()
					.isInstanceOfSatisfying(MailAgain.class, (again) -> assertThat(again.again().changed()).isNull());
			}

			@Test
			void invitesTheChangedClientAnewWhoseInvitationHasExpired() {
				invited(InvitationState.EXPIRED, DeliveryState.REJECTED, null);

				assertThat(decide(corrected(details(null, "B", "b@b.example")))).singleElement()
					.isInstanceOfSatisfying(Invite.class, (invite) -> {
						assertThat(invite.addressee()).isEqualTo(new Addressee(id, "B", "b@b.example"));
						assertThat(requireNonNull(invite.again()).changed()).isNotNull();
						assertThat(invite.message()).isEqualTo("Hello");
					});
			}

			@Test
			void changesNobodyWhenTheReferenceIsAnothers() {
				invited(InvitationState.PENDING, DeliveryState.REJECTED, null);

				leftInvited(details("K-2", "A", "b@b.example"), RowReason.NAMES_ANOTHER_CLIENT);
			}

			@Test
			void changesNobodyWhenAnotherClientHasTheNameAndAddress() {
				invited(InvitationState.PENDING, DeliveryState.REJECTED, null);
				ClientDetails given = details(null, "B", "b@b.example");
				DecideRowsTests.this.matches.put(ClientProbe.of(details("K-1", "B", "b@b.example")),
						new ClientId(UUID.randomUUID()));

				leftInvited(given, RowReason.NAMES_ANOTHER_CLIENT);
			}

			@Test
			void changesNobodyWhenARowBeforeItNamedANewClientLikeThat() {
				invited(InvitationState.PENDING, DeliveryState.REJECTED, null);

				assertThat(
						decide(row(7, null, "B", "b@b.example"), corrected(details(null, "B", "b@b.example"))).get(1))
					.isInstanceOfSatisfying(Refuse.class,
							(refuse) -> assertThat(refuse.result().reason()).isEqualTo(RowReason.NAMES_ANOTHER_CLIENT));
			}

			@Test
			void saysWhatIsWrongWithACorrection() {
				invited(InvitationState.PENDING, DeliveryState.REJECTED, null);

				BatchRow wrong = WhenTheRowInvitedItsClientBefore.this.row.saying(
						new Corrected(new Undelivered(id, given), new Unusable(RowReason.INVALID_ADDRESS, "email")));
				assertThat(decide(wrong)).singleElement()
					.isInstanceOfSatisfying(Refuse.class, (refuse) -> assertThat(refuse.result()).isEqualTo(RowResult
						.leftInvited(wrong, RowReason.INVALID_ADDRESS, "email", new Undelivered(id, given))));
			}

			@Test
			void changesNobodyWhoIsLinkedMeanwhile() {
				invited(InvitationState.ACCEPTED, DeliveryState.REJECTED, null);

				assertThat(decide(corrected(details(null, "B", "b@b.example")))).singleElement()
					.isInstanceOf(Leave.class);
			}

			private void leftInvited(ClientDetails correction, RowReason reason) {
				assertThat(decide(corrected(correction))).singleElement()
					.isInstanceOfSatisfying(Refuse.class, (refuse) -> {
						assertThat(refuse.replaced()).isNull();
						assertThat(refuse.result().reason()).isEqualTo(reason);
						assertThat(refuse.result().countsAsBefore()).isTrue();
					});
			}

			private BatchRow corrected(ClientDetails correction) {
				return WhenTheRowInvitedItsClientBefore.this.row
					.saying(new Corrected(new Undelivered(id, given), new NamedClient(correction, "Hello")));
			}

		}

		private void invited(InvitationState state, DeliveryState delivery, @Nullable Instant revocationRequestedAt) {
			there((state == InvitationState.ACCEPTED) ? ClientStatus.ACTIVE : ClientStatus.INACTIVE,
					(state == InvitationState.PENDING) ? new Pending(this.given, BATCH.value(), 1) : null);
			invitation(state, 1, delivery, null, LONG_AGO, revocationRequestedAt);
		}

		private void there(ClientStatus status, @Nullable Pending pending) {
			ClientDetails details = new ClientDetails("A", EmailAddress.of("new@a.example"), null, "K-1",
					"BE0123456789", null);
			DecideRowsTests.this.clients.put(this.id,
					new InvitableClient(new Addressee(this.id, "A", "new@a.example"), status, null, pending));
			DecideRowsTests.this.corrected.put(this.id,
					new Client(this.id, SPACE, details, status, LONG_AGO, LONG_AGO, null));
		}

		private void invitation(InvitationState state, int generation, DeliveryState delivery, @Nullable String reason,
				Instant requestedAt, @Nullable Instant revocationRequestedAt) {
			DecideRowsTests.this.invitations.put(this.given,
					new Invitation(this.given, SPACE, this.id, new TemplateId(UUID.randomUUID()), "topic", state,
							generation, InviteeLanguage.DUTCH, "Once more", List.of(), 30, LONG_AGO, "user-1",
							requestedAt, NOW, null, revocationRequestedAt,
							new Delivery(delivery, reason, null, 1, null, LONG_AGO), Progress.NONE));
		}

	}

	@Test
	void refusesAnIdThatThePartnerSpaceDoesNotHave() {
		assertThat(reasons(new BatchRow(1, 1, null, new KnownClient(new ClientId(UUID.randomUUID())))))
			.containsExactly(RowReason.UNKNOWN_CLIENT);
	}

	private List<RowDecision> decide(BatchRow... rows) {
		FoundClients found = new FoundClients(List.of(), this.matches, this.clients, this.invitations, this.corrected);
		return new DecideRows(BATCH, found, new SeenClients(Map.of()), SILENT_BEFORE, NOW,
				() -> new ClientId(UUID.randomUUID()))
			.decide(List.of(rows));
	}

	private List<@Nullable RowReason> reasons(BatchRow... rows) {
		List<@Nullable RowReason> reasons = new ArrayList<>();
		decide(rows)
			.forEach((decision) -> reasons.add((decision instanceof Refuse refuse) ? refuse.result().reason() : null));
		return reasons;
	}

	private static BatchRow row(int number, @Nullable String reference, String name, String email) {
		return new BatchRow(number, number + 1, null, new NamedClient(details(reference, name, email), "Hello"));
	}

	private static ClientDetails details(@Nullable String reference, String name, String email) {
		return new ClientDetails(name, EmailAddress.of(email), null, reference, null, null);
	}

}
