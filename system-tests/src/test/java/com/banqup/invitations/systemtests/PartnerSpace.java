package com.banqup.invitations.systemtests;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** The partner's side, as an Administrator uses invite-api. */
final class PartnerSpace {

	private final Json api;

	PartnerSpace(Json api) {
		this.api = api;
		// A service that has just started answers 503 until it has its issuer's keys.
		Awaitility.await("the Partner Space to be named")
			.atMost(Duration.ofSeconds(180))
			.until(() -> api.put("", Map.of("name", "Boekhouding Janssens & Zoon")).status() == 200);
	}

	String addClient(String name, String email, String language) {
		return this.api.post("/clients", Map.of("name", name, "email", email, "language", language))
			.expect(201)
			.text("id");
	}

	String createTemplate() {
		return this.api
			.post("/configuration-templates",
					Map.of("name", "Standard", "language", "nl", "message", "Welkom bij ons kantoor.", "expiresInDays",
							30, "permissions", List.of("view-documents", "manage-documents")))
			.expect(201)
			.text("id");
	}

	/** Invites one client that must be accepted for it; gives the invitation's id. */
	String invite(String clientId, String templateId) {
		return inviteAll(List.of(clientId), templateId).getFirst();
	}

	/** Invites clients that must all be accepted for it; gives the invitations' ids. */
	List<String> inviteAll(List<String> clientIds, String templateId) {
		return this.api.post("/invitations", Map.of("clientIds", clientIds, "templateId", templateId))
			.expect(202)
			.body()
			.required("results")
			.valueStream()
			.map((result) -> result.required("invitationId").asString())
			.toList();
	}

	/** Begins an upload of a bulk with rows that may still be written. */
	CompletableFuture<?> startBulk(String templateId, String idempotencyKey, InputStream rows) {
		return this.api.startUpload("/invitation-batches?templateId=" + templateId, idempotencyKey, rows);
	}

	/** Uploads a bulk that must be taken; gives the batch. */
	JsonNode uploadBulk(String templateId, String idempotencyKey, byte[] rows) {
		return this.api.upload("/invitation-batches?templateId=" + templateId, idempotencyKey, rows).expect(202).body();
	}

	/** The bulk that was begun last. */
	JsonNode lastBatch() {
		return this.api.get("/invitation-batches?limit=1").expect(200).body().required("items").required(0);
	}

	JsonNode batch(String batchId) {
		return this.api.get("/invitation-batches/" + batchId).expect(200).body();
	}

	void resend(String clientId) {
		this.api.post("/clients/" + clientId + "/invitation/resend", Map.of()).expect(202);
	}

	JsonNode invitation(String invitationId) {
		return this.api.get("/invitations/" + invitationId).expect(200).body();
	}

	String deliveryOf(String invitationId) {
		return invitation(invitationId).required("delivery").required("state").asString();
	}

	String statusOf(String clientId) {
		return this.api.get("/clients/" + clientId).expect(200).text("status");
	}

	List<String> idsOn(String tab, String search) {
		return this.api.get("/clients?tab=" + tab + "&search=" + search)
			.expect(200)
			.body()
			.required("items")
			.valueStream()
			.map((client) -> client.required("id").asString())
			.toList();
	}

}
