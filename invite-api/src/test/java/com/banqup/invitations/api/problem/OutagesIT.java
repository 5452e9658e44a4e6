package com.banqup.invitations.api.problem;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.RecordedRequests;
import com.banqup.invitations.api.Response;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

class OutagesIT extends ApiIntegration {

	@Autowired
	private MeterRegistry meters;

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

		fillThePool(partner);
		STACK.postgres().stop();
		try {
			Response write = partner.invite(template, List.of(client)).requireProblem(503, "storage-unavailable");
			Response read = partner.get("/clients").requireProblem(503, "storage-unavailable");
			assertThat(write.text("detail")).endsWith("Try again, with the same Idempotency-Key.");
			assertThat(read.text("detail")).endsWith("Try again.");

			assertThat(write.headers().getFirst("Retry-After")).isEqualTo("5");
			assertThat(read.headers().getFirst("Retry-After")).isEqualTo("5");
			this.http.get().uri("/actuator/health/readiness").exchange().expectStatus().isEqualTo(503);
			this.http.get().uri("/actuator/health/liveness").exchange().expectStatus().isOk();
		}
		finally {
			STACK.postgres().start();
		}

		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.http.get()
				.uri("/actuator/health/readiness")
				.exchange()
				.expectBody()
				.returnResult()
				.getStatus()
				.value(), (status) -> status == 200);
		assertThat(atOnce(partner)).containsOnly(200);
		partner.inviteOne(template, client);
		awaitRequests(partner, 1);
	}

	/** Has more connections open than the pool starts with. */
	private void fillThePool(Partner partner) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(atOnce(partner)).containsOnly(200);
			assertThat(this.meters.get("r2dbc.pool.allocated").gauge().value()).isGreaterThan(4);
		});
	}

	/** The statuses of more requests than the pool has connections. */
	private static List<Integer> atOnce(Partner partner) {
		return Flux.range(0, 60)
			.flatMap((i) -> Mono.fromCallable(() -> partner.get("/clients").status())
				.subscribeOn(Schedulers.boundedElastic()), 60)
			.collectList()
			.blockOptional()
			.orElseThrow();
	}

	/** Each can come twice when Kafka was away: the outbox promises at least once. */
	private static void awaitRequests(Partner partner, int count) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(Set.copyOf(RecordedRequests.of(STACK, partner.space()))).hasSize(count));
	}

}
