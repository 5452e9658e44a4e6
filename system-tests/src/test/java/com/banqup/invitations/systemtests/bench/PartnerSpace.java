package com.banqup.invitations.systemtests.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.banqup.invitations.devstack.host.Waiting;
import tools.jackson.databind.JsonNode;

/**
 * A Partner Space with a name and a template, in the hands of its Administrator.
 *
 * @param api invite-api
 * @param path of the Partner Space
 * @param token the Administrator's
 * @param templateId its template
 */
record PartnerSpace(URI api, String path, String token, String templateId) {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	static PartnerSpace create(URI api, Addresses.Administrator administrator) {
		String path = "/v1/partner-spaces/" + administrator.partnerSpaceId();
		String token = administrator.token();
		// A service that has just started answers 503 until it has its issuer's keys.
		Waiting.until("a Partner Space", PATIENCE,
				() -> Optional
					.of(HttpConnection.once(api, "PUT", path, token, Map.of("name", "Boekhouding Janssens & Zoon")))
					.filter((answer) -> answer.status() == 200));
		String templateId = HttpConnection
			.once(api, "POST", path + "/configuration-templates", token,
					Map.of("name", "Standard", "language", "nl", "message",
							"Welkom bij ons kantoor. Via Banqup delen wij voortaan uw documenten en facturen.",
							"expiresInDays", 30, "permissions", List.of("view-documents", "manage-documents")))
			.expect(201)
			.json()
			.required("id")
			.asString();
		return new PartnerSpace(api, path, token, templateId);
	}

	/** Adds clients with these addresses, over one connection, one after the other. */
	List<Client> addClients(List<String> addresses) {
		List<Client> clients = new ArrayList<>();
		try (HttpConnection connection = new HttpConnection(this.api)) {
			for (String address : addresses) {
				String id = connection
					.send("POST", this.path + "/clients", this.token, Map.of("name",
							"Client " + address.substring(0, address.indexOf('@')), "email", address, "language", "nl"))
					.expect(201)
					.json()
					.required("id")
					.asString();
				clients.add(new Client(this, id, address));
			}
		}
		return clients;
	}

	/** The Partner Space's id. */
	String id() {
		return this.path.substring(this.path.lastIndexOf('/') + 1);
	}

	/** Returns when invite-api, which has just started, serves this Partner Space. */
	void awaitService() {
		Waiting.until("invite-api", PATIENCE,
				() -> Optional.of(HttpConnection.once(this.api, "GET", this.path, this.token, null))
					.filter((answer) -> answer.status() == 200));
	}

	/** Uploads a bulk; the batch, once the whole upload has been taken. */
	Batch uploadBulk(BulkRows rows) {
		return uploadBulk(rows::writeTo);
	}

	/** The same with rows as NDJSON, and with lines of the request's head besides. */
	Batch uploadBulk(HttpConnection.Content rows, String... headers) {
		try (HttpConnection connection = new HttpConnection(this.api)) {
			JsonNode view = connection
				.upload(this.path + "/invitation-batches?templateId=" + this.templateId, this.token,
						"application/x-ndjson", rows, headers)
				.expect(202)
				.json();
			return Batch.of(view);
		}
	}

	/** The batch that was uploaded last. */
	Optional<Batch> findLastBatch() {
		return HttpConnection.once(this.api, "GET", this.path + "/invitation-batches?limit=1", this.token, null)
			.expect(200)
			.json()
			.required("items")
			.valueStream()
			.findFirst()
			.map(Batch::of);
	}

	Batch batch(String id) {
		return Batch.of(HttpConnection.once(this.api, "GET", this.path + "/invitation-batches/" + id, this.token, null)
			.expect(200)
			.json());
	}

	/**
	 * A client that can be invited.
	 */
	record Client(PartnerSpace space, String id, String address) {

		/**
		 * Invites the client, who must be accepted for it.
		 * @return false when invite-api is too busy (HTTP 429)
		 */
		boolean invite(HttpConnection connection) {
			HttpConnection.Answer answer = connection.send("POST", this.space.path + "/invitations", this.space.token,
					Map.of("clientIds", List.of(this.id), "templateId", this.space.templateId));
			if (answer.status() == 429) {
				return false;
			}
			if (!answer.expect(202).text().contains("\"accepted\"")) {
				throw new BenchFailure("not accepted: " + answer.text());
			}
			return true;
		}

	}

	/**
	 * A bulk as invite-api shows it.
	 */
	record Batch(String id, String state, long rows, long waiting, long invited, long skipped, long invalid,
			long cancelled, long queued, long sent, long deferred, long rejected) {

		private static Batch of(JsonNode view) {
			JsonNode counts = view.required("counts");
			return new Batch(view.required("id").asString(), view.required("state").asString(), count(counts, "rows"),
					count(counts, "waiting"), count(counts, "invited"), count(counts, "skipped"),
					count(counts, "invalid"), count(counts, "cancelled"), count(counts, "queued"),
					count(counts, "sent"), count(counts, "deferred"), count(counts, "rejected"));
		}

		private static long count(JsonNode counts, String name) {
			return counts.required(name).asLong();
		}

		boolean isUnderWay() {
			return this.state.equals("RECEIVING") || this.state.equals("RUNNING");
		}

	}

}
