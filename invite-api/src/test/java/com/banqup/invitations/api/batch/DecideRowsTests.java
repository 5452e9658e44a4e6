package com.banqup.invitations.api.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.batch.BatchRow.KnownClient;
import com.banqup.invitations.api.batch.BatchRow.NamedClient;
import com.banqup.invitations.api.batch.BatchRow.Undelivered;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.batch.RowDecision.Invite;
import com.banqup.invitations.api.batch.RowDecision.Leave;
import com.banqup.invitations.api.batch.RowDecision.MailAgain;
import com.banqup.invitations.api.batch.RowDecision.Refuse;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientProbe;
import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.client.EmailAddress;
import com.banqup.invitations.api.invitation.InvitableClient;
import com.banqup.invitations.api.invitation.InvitableClient.Pending;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.MailRequest.Addressee;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DecideRowsTests {

	private static final BatchId BATCH = new BatchId(UUID.randomUUID());

	private final Map<ClientProbe, ClientId> matches = new HashMap<>();

	private final Map<ClientId, InvitableClient> clients = new HashMap<>();

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

		@Test
		void mailsTheInvitationAgainWhoseMailWasGivenUp() {
			InvitationId given = new InvitationId(UUID.randomUUID());
			there(ClientStatus.INACTIVE, "new@a.example", new Pending(given, BATCH.value(), 1));

			assertThat(decide(new BatchRow(1, 1, null, new Undelivered(this.id, given)))).singleElement()
				.isInstanceOfSatisfying(MailAgain.class,
						(again) -> assertThat(again.addressee().email()).isEqualTo("new@a.example"));
		}

		@Test
		void leavesTheRowWhoseInvitationHasEnded() {
			there(ClientStatus.ACTIVE, "a@a.example", null);

			assertThat(decide(new BatchRow(1, 1, null, new Undelivered(this.id, new InvitationId(UUID.randomUUID())))))
				.singleElement()
				.isInstanceOf(Leave.class);
		}

		private void there(ClientStatus status, String email, @Nullable Pending pending) {
			DecideRowsTests.this.matches.put(ClientProbe.of(details("K-1", "A", "a@a.example")), this.id);
			DecideRowsTests.this.clients.put(this.id,
					new InvitableClient(new Addressee(this.id, "A", email), status, null, pending));
		}

	}

	@Test
	void refusesAnIdThatThePartnerSpaceDoesNotHave() {
		assertThat(reasons(new BatchRow(1, 1, null, new KnownClient(new ClientId(UUID.randomUUID())))))
			.containsExactly(RowReason.UNKNOWN_CLIENT);
	}

	private List<RowDecision> decide(BatchRow... rows) {
		return new DecideRows(BATCH, this.matches, this.clients, new SeenClients(Map.of()),
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
