package com.banqup.invitations.api.problem;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.RecordedRequests;
import com.banqup.invitations.api.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OutagesIT extends ApiIntegration {

	@Test
	void acceptsInvitationsWhileKafkaIsDownAndDeliversThemWhenItIsBack() {
		Partner partner = administrator();
		UUID template = partner.createTemplate();
		List<UUID> clients = partner.addClients(3);

		STACK.kafka().stop();
		try {
			for (UUID client : clients) {
				partner.inviteOne(template, client);
			}
			this.http.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
		}
		finally {
			STACK.kafka().start();
		}

		awaitRequests(partner, 3);
	}

	@Test
	void acceptsInvitationsWhileTheRegistryIsDownAndDeliversThemWhenItIsBack() {
		Partner partner = administrator();
		UUID template = partner.createTemplate();
		UUID client = partner.addClient("A");

		STACK.registry().stop();
		try {
			partner.inviteOne(template, client);
			this.http.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
		}
		finally {
			STACK.registry().start();
		}

		awaitRequests(partner, 1);
	}

	@Test
	void asksToTryAgainWhileTheDatabaseIsDown() {
		Partner partner = administrator();
		UUID template = partner.createTemplate();
		UUID client = partner.addClient("A");

		STACK.postgres().stop();
		try {
			Response write = partner.invite(template, List.of(client)).requireProblem(503, "storage-unavailable");
			Response read = partner.get("/clients").requireProblem(503, "storage-unavailable");

			assertThat(write.headers().getFirst("Retry-After")).isEqualTo("5");
			assertThat(read.headers().getFirst("Retry-After")).isEqualTo("5");
			this.http.get().uri("/actuator/health/readiness").exchange().expectStatus().isEqualTo(503);
			this.http.get().uri("/actuator/health/liveness").exchange().expectStatus().isOk();
		}
		finally {
			STACK.postgres().start();
		}

		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> partner.get("/clients").status(), (status) -> status == 200);
		partner.inviteOne(template, client);
		awaitRequests(partner, 1);
	}

	private static void awaitRequests(Partner partner, int count) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(RecordedRequests.of(STACK, partner.space())).hasSize(count));
	}

}
