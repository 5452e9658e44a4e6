package com.banqup.invitations.api.turns;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.Response;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

class FairnessIT extends ApiIntegration {

	/** More than can run and wait, and many times the pool. */
	private static final int REQUESTS = 130;

	private static final int ROOM = 104;

	@Autowired
	private MeterRegistry meters;

	@Test
	void answersOthersWhileOnePartnersRequestsWaitForEachOther() throws Exception {
		Partner busy = administrator();
		UUID busyTemplate = busy.createTemplate();
		List<UUID> clients = insertClients(busy.space(), 1_000);
		Partner other = administrator();
		UUID template = other.createTemplate();
		UUID client = other.addClient("A");
		double refusedBefore = refused();

		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Response>> requests = new ArrayList<>();
			try (Connection holder = lock(busy)) {
				for (int i = 0; i < REQUESTS; i++) {
					requests.add(threads.submit(() -> busy.invite(busyTemplate, clients)));
				}
				Awaitility.await().until(() -> refused() - refusedBefore >= REQUESTS - ROOM);

				Awaitility.await().atMost(Duration.ofSeconds(4)).until(() -> {
					other.get("/clients").requireStatus(200);
					other.inviteOne(template, client);
					return true;
				});
				holder.rollback();
			}

			List<Response> responses = new ArrayList<>();
			for (Future<Response> request : requests) {
				responses.add(request.get());
			}
			assertThat(responses).anyMatch((response) -> response.status() == 202);
			assertThat(responses).filteredOn((response) -> response.status() == 429)
				.hasSizeGreaterThanOrEqualTo(REQUESTS - ROOM)
				.allSatisfy((response) -> {
					response.requireProblem(429, "too-many-requests");
					assertThat(response.headers().getFirst("Retry-After")).isEqualTo("1");
				});
		}
	}

	@Test
	void asksToTryAgainWhenALockIsHeldTooLong() throws SQLException {
		Partner partner = administrator();
		UUID template = partner.createTemplate();
		UUID client = partner.addClient("A");

		try (Connection holder = lock(partner)) {
			Response response = partner.invite(template, List.of(client)).requireProblem(503, "storage-unavailable");

			assertThat(response.headers().getFirst("Retry-After")).isEqualTo("5");
			holder.rollback();
		}
		partner.inviteOne(template, client);
	}

	private double refused() {
		return this.meters.get("partner.space.writes.refused").counter().count();
	}

	/** Holds the row that the Partner Space's writers wait for. */
	private static Connection lock(Partner partner) throws SQLException {
		Connection connection = connection();
		connection.setAutoCommit(false);
		try (PreparedStatement lock = connection
			.prepareStatement("SELECT id FROM partner_space WHERE id = ? FOR UPDATE")) {
			lock.setObject(1, partner.space());
			lock.execute();
		}
		return connection;
	}

}
