package com.banqup.invitations.acceptance.link;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import com.banqup.invitations.acceptance.TestClock;
import com.banqup.invitations.acceptance.UseCases;
import com.banqup.invitations.acceptance.account.Account;
import com.banqup.invitations.acceptance.account.Accounts;
import com.banqup.invitations.acceptance.businessspace.BusinessSpace;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaceNotYours;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaces;
import com.banqup.invitations.acceptance.businessspace.NewBusinessSpace;
import com.banqup.invitations.acceptance.consent.Consent;
import com.banqup.invitations.acceptance.consent.ConsentGiven;
import com.banqup.invitations.acceptance.consent.ConsentText;
import com.banqup.invitations.acceptance.consent.ConsentTextChanged;
import com.banqup.invitations.acceptance.consent.ConsentTexts;
import com.banqup.invitations.acceptance.consent.Consents;
import com.banqup.invitations.acceptance.invitation.InvitationState;
import com.banqup.invitations.acceptance.invitation.TestInvitations;
import com.banqup.invitations.events.InvitationProgressed;
import com.banqup.invitations.events.LinkEstablished;
import com.banqup.invitations.events.ProgressStep;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;

import static com.banqup.invitations.acceptance.invitation.TestInvitations.anInvitation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@NullUnmarked
class AcceptInvitationIT extends UseCases {

	@Autowired
	private AcceptInvitation acceptInvitation;

	@Autowired
	private Accounts accounts;

	@Autowired
	private BusinessSpaces businessSpaces;

	@Autowired
	private Consents consents;

	@Test
	void linksTheSpacesRecordsTheConsentAndTellsTheWorld() {
		TestInvitations invitation = learned(anInvitation());
		Account account = anAccount();
		BusinessSpace space = aSpaceOf(account);

		Accepted accepted = accept(account, invitation, space);

		assertThat(this.invitations.find(invitation.id()).block()).satisfies((known) -> {
			assertThat(known.state()).isEqualTo(InvitationState.ACCEPTED);
			assertThat(known.acceptedBy()).isEqualTo(account.id());
		});
		assertThat(this.consents.findByInvitation(invitation.id()).block()).isEqualTo(new Consent(accepted.consentId(),
				invitation.id(), 1, accepted.linkId(), invitation.partnerSpaceId(), "Müller & Partner", space.id(),
				account.id(), List.of(Permission.VIEW_DOCUMENTS, Permission.VIEW_REPORTS), InviteeLanguage.FRENCH,
				ConsentTexts.CURRENT_VERSION,
				ConsentTexts.in(InviteeLanguage.FRENCH)
					.granting("Müller & Partner", List.of(Permission.VIEW_DOCUMENTS, Permission.VIEW_REPORTS))
					.hash(),
				TestClock.START));
		assertThat(eventsOf(invitation)).hasSize(2)
			.satisfiesExactly((progress) -> assertThat(((InvitationProgressed) progress).getStep())
				.isEqualTo(ProgressStep.CONFIRMED), (event) -> {
					LinkEstablished established = (LinkEstablished) event;
					assertThat(established.getLinkId()).isEqualTo(accepted.linkId());
					assertThat(established.getInvitationId()).isEqualTo(invitation.id());
					assertThat(established.getPartnerSpaceId()).isEqualTo(invitation.partnerSpaceId());
					assertThat(established.getBusinessSpaceId()).isEqualTo(space.id());
					assertThat(established.getConsentId()).isEqualTo(accepted.consentId());
					assertThat(established.getAcceptedBy()).isEqualTo(account.id());
					assertThat(established.getPermissions()).containsExactly("view-documents", "view-reports");
					assertThat(established.getOccurredAt()).isEqualTo(TestClock.START);
				});
	}

	@Test
	void givesOneOfFiftyConcurrentAttemptsByFiveAccountsTheInvitation() {
		TestInvitations invitation = learned(anInvitation());
		List<Account> people = IntStream.range(0, 5).mapToObj((i) -> anAccount()).toList();
		List<BusinessSpace> spaces = people.stream().map(this::aSpaceOf).toList();

		List<Object> outcomes = Flux.range(0, 50)
			.flatMap((i) -> this.acceptInvitation
				.accept(people.get(i % 5), invitation.token(), spaces.get(i % 5).id(), consentTo(invitation))
				.cast(Object.class)
				.onErrorResume(InvitationAlreadyAccepted.class, (taken) -> Mono.just("taken"))
				.subscribeOn(Schedulers.boundedElastic()), 50)
			.collectList()
			.block(Duration.ofSeconds(60));

		assertThat(outcomes).hasSize(50);
		assertThat(outcomes).filteredOn("taken"::equals).hasSize(40);
		assertThat(outcomes).filteredOn(Accepted.class::isInstance).hasSize(10).containsOnly(firstAccepted(outcomes));
		assertThat(eventsOf(invitation)).filteredOn(LinkEstablished.class::isInstance).hasSize(1);
		assertThat(eventsOf(invitation)).hasSize(2);
		assertThat(count("SELECT count(*) FROM link WHERE partner_space_id = :id", invitation.partnerSpaceId()))
			.isEqualTo(1);
		assertThat(count("SELECT count(*) FROM consent WHERE invitation_id = :id", invitation.id())).isEqualTo(1);
	}

	@Test
	void answersTheSameAgainToTheSameAccountWithoutTellingTheWorldAgain() {
		TestInvitations invitation = learned(anInvitation());
		Account account = anAccount();
		BusinessSpace space = aSpaceOf(account);
		Accepted first = accept(account, invitation, space);
		this.clock.advance(Duration.ofDays(400));

		Accepted again = accept(account, invitation, space);

		assertThat(again).isEqualTo(first);
		assertThat(eventsOf(invitation)).hasSize(2);
	}

	@Test
	void refusesTheSameAccountWithAnotherBusinessSpace() {
		TestInvitations invitation = learned(anInvitation());
		Account account = anAccount();
		accept(account, invitation, aSpaceOf(account));

		assertRefused(InvitationAlreadyAccepted.class, account, invitation, aSpaceOf(account));
	}

	@Test
	void refusesSomebodyElseAfterItWasAccepted() {
		TestInvitations invitation = learned(anInvitation());
		Account first = anAccount();
		accept(first, invitation, aSpaceOf(first));
		Account second = anAccount();

		assertRefused(InvitationAlreadyAccepted.class, second, invitation, aSpaceOf(second));
	}

	@Test
	void keepsTheLinkAndTellsItsIdOnceMoreWhenTheSpacesAreLinkedAlready() {
		TestInvitations first = learned(anInvitation());
		TestInvitations second = learned(anInvitation().by(first.partnerSpaceId(), "Müller & Partner"));
		Account account = anAccount();
		BusinessSpace space = aSpaceOf(account);
		Accepted before = accept(account, first, space);

		Accepted after = accept(account, second, space);

		assertThat(after.linkId()).isEqualTo(before.linkId());
		assertThat(after.consentId()).isNotEqualTo(before.consentId());
		assertThat(eventsOf(second)).last().satisfies((event) -> {
			assertThat(((LinkEstablished) event).getLinkId()).isEqualTo(before.linkId());
			assertThat(((LinkEstablished) event).getClientId()).isEqualTo(second.clientId());
		});
	}

	@Test
	void refusesFromTheInstantOfExpiry() {
		TestInvitations invitation = learned(anInvitation().expiringAt(TestClock.START.plusSeconds(60)));
		Account account = anAccount();
		BusinessSpace space = aSpaceOf(account);
		this.clock.advance(Duration.ofSeconds(60));

		assertRefused(LinkExpired.class, account, invitation, space);
		assertThat(eventsOf(invitation)).isEmpty();
	}

	@Test
	void acceptsUntilTheInstantOfExpiry() {
		TestInvitations invitation = learned(anInvitation().expiringAt(TestClock.START.plusSeconds(60)));
		Account account = anAccount();
		BusinessSpace space = aSpaceOf(account);
		this.clock.advance(Duration.ofMillis(59_999));

		assertThat(accept(account, invitation, space).acceptedAt()).isEqualTo(this.clock.instant());
	}

	@Test
	void refusesTheOlderLinkAfterAResendAndTakesTheNewerOne() {
		TestInvitations older = learned(anInvitation());
		TestInvitations newer = learned(older.resent());
		Account account = anAccount();
		BusinessSpace space = aSpaceOf(account);

		assertRefused(LinkSuperseded.class, account, older, space);
		assertThat(accept(account, newer, space).businessSpaceId()).isEqualTo(space.id());
	}

	@Test
	void refusesARevokedInvitation() {
		TestInvitations invitation = learned(anInvitation());
		this.learnInvitations.learn(List.of(), List.of(invitation.revocation())).block();
		Account account = anAccount();

		assertRefused(InvitationRevoked.class, account, invitation, aSpaceOf(account));
	}

	@Test
	void asksToTryAgainWhenTheInvitationHasNotArrivedYet() {
		Account account = anAccount();

		assertRefused(LinkNotYetKnown.class, account, anInvitation(), aSpaceOf(account));
	}

	@Test
	void refusesSomebodyElsesBusinessSpaceAndLeavesTheInvitationPending() {
		TestInvitations invitation = learned(anInvitation());
		BusinessSpace space = aSpaceOf(anAccount());

		assertRefused(BusinessSpaceNotYours.class, anAccount(), invitation, space);
		assertThat(this.invitations.find(invitation.id()).block().state()).isEqualTo(InvitationState.PENDING);
	}

	@Test
	void rollsTheClaimBackWhenTheConsentIsToOtherWords() {
		TestInvitations invitation = learned(anInvitation());
		Account account = anAccount();
		BusinessSpace space = aSpaceOf(account);
		ConsentGiven given = consentTo(invitation);
		ConsentGiven toMore = consentTo(invitation.askingFor("view-documents", "view-reports", "send-invoices"));

		for (ConsentGiven other : List.of(toMore, new ConsentGiven(given.language(), "1999-01", given.textHash()),
				new ConsentGiven(InviteeLanguage.ENGLISH, given.textVersion(), given.textHash()))) {
			assertThatExceptionOfType(ConsentTextChanged.class)
				.isThrownBy(() -> this.acceptInvitation.accept(account, invitation.token(), space.id(), other).block());
		}

		assertThat(this.invitations.find(invitation.id()).block().state()).isEqualTo(InvitationState.PENDING);
		assertThat(count("SELECT count(*) FROM link WHERE partner_space_id = :id", invitation.partnerSpaceId()))
			.isZero();
		assertThat(eventsOf(invitation)).isEmpty();
	}

	@Test
	void grantsOnlyWhatItCouldExplain() {
		TestInvitations invitation = learned(anInvitation().askingFor("view-documents", "from-the-future"));
		Account account = anAccount();

		accept(account, invitation, aSpaceOf(account));

		assertThat(eventsOf(invitation)).last()
			.satisfies((event) -> assertThat(((LinkEstablished) event).getPermissions())
				.containsExactly("view-documents"));
	}

	private static ConsentGiven consentTo(TestInvitations invitation) {
		ConsentText text = ConsentTexts.in(InviteeLanguage.FRENCH)
			.granting(invitation.partnerName(),
					invitation.permissions().stream().flatMap((code) -> Permission.ofCode(code).stream()).toList());
		return new ConsentGiven(text.language(), text.version(), text.hash());
	}

	private Account anAccount() {
		return this.accounts.signedIn("https://id.example/clients", UUID.randomUUID().toString(), "Ann").block();
	}

	private BusinessSpace aSpaceOf(Account account) {
		return this.businessSpaces
			.create(account, NewBusinessSpace.of("Bakery", "BE", null, UUID.randomUUID().toString()))
			.block();
	}

	private Accepted accept(Account account, TestInvitations invitation, BusinessSpace space) {
		return this.acceptInvitation.accept(account, invitation.token(), space.id(), consentTo(invitation)).block();
	}

	private void assertRefused(Class<? extends Exception> failure, Account account, TestInvitations invitation,
			BusinessSpace space) {
		assertThatExceptionOfType(failure).isThrownBy(() -> accept(account, invitation, space));
	}

	private static Object firstAccepted(List<Object> outcomes) {
		return outcomes.stream().filter(Accepted.class::isInstance).findFirst().orElseThrow();
	}

}
