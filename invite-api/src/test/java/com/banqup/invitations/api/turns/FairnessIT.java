package com.banqup.invitations.api.turns;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.Response;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

class FairnessIT extends ApiIntegration {

	/** With those that can run and wait, many times the pool. */
	private static final int REFUSED = 26;

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
				Awaitility.await().atMost(PATIENCE).until(() -> {
					requests.addAll(submit(threads, 10, () -> busy.invite(busyTemplate, clients)));
					return refused() - refusedBefore >= REFUSED;
				});

				other.get("/clients").requireStatus(200);
				other.inviteOne(template, client);

				assertThat(requests).as("requests that wait").anyMatch((request) -> !request.isDone());
				holder.rollback();
			}

			List<Response> responses = all(requests);
			assertThat(responses).anyMatch((response) -> response.status() == 202);
			assertThat(responses).filteredOn((response) -> response.status() == 429)
				.hasSizeGreaterThanOrEqualTo(REFUSED)
				.allSatisfy((response) -> {
					response.requireProblem(429, "too-many-requests");
					assertThat(response.headers().getFirst("Retry-After")).isEqualTo("1");
				});
		}
	}

	@Test
	void leavesConnectionsForReadingWhileSeveralPartnersRequestsWaitForEachOther() throws Exception {
		List<Partner> busy = Stream.generate(this::administrator).limit(5).toList();
		Partner other = administrator();

		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Response>> requests = new ArrayList<>();
			try (Closer holders = new Closer()) {
				for (Partner partner : busy) {
					holders.add(lock(partner));
					requests.addAll(submit(threads, 10,
							() -> partner.send(HttpMethod.PUT, "", Map.of("name", "Renamed"), Map.of())));
				}
				Awaitility.await()
					.atMost(PATIENCE)
					.until(() -> gauge("partner.space.writes.running") + gauge("partner.space.writes.waiting") > 30);

				other.get("/clients").requireStatus(200);

				assertThat(gauge("r2dbc.pool.acquired")).isLessThan(gauge("r2dbc.pool.max.allocated"));
				assertThat(gauge("partner.space.writes.waiting")).isPositive();
			}
			all(requests);
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

	private static List<Future<Response>> submit(ExecutorService threads, int count, Callable<Response> request) {
		return Stream.generate(() -> threads.submit(request)).limit(count).toList();
	}

	private static List<Response> all(List<Future<Response>> requests) throws Exception {
		List<Response> responses = new ArrayList<>();
		for (Future<Response> request : requests) {
			responses.add(request.get());
		}
		return responses;
	}

	private double gauge(String name) {
		return this.meters.get(name).gauge().value();
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

	/** Ends the transactions of connections, and with them their locks. */
	private static final class Closer implements AutoCloseable {

		private final List<Connection> connections = new ArrayList<>();

		void add(Connection connection) {
			this.connections.add(connection);
		}

		@Override
		public void close() throws SQLException {
			for (Connection connection : this.connections) {
				connection.close();
			}
		}

	}

}
