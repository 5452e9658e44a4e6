package com.banqup.invitations.api;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.Delivery;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.OnboardingFact.MailReported;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/** What a partner sends in bulk, by one template, and how it gets on. */
public final class Bulks {

	private final Partner partner;

	private final UUID template;

	/** With a new template. */
	public Bulks(Partner partner) {
		this.partner = partner;
		this.template = partner.createTemplate();
	}

	/** A row with a client of its own. */
	public static String line(int number) {
		return "{\"name\":\"Client %d\",\"email\":\"office@c%d.example\"}\n".formatted(number, number);
	}

	/** The rows with these numbers, without the last one. */
	public static String lines(int from, int to) {
		return IntStream.range(from, to).mapToObj(Bulks::line).collect(Collectors.joining());
	}

	/** Where the batch is, beneath the Partner Space. */
	public static String path(String batch) {
		return "/invitation-batches/" + batch;
	}

	/** Where uploads go, beneath the Partner Space. */
	public String uploadPath() {
		return "/invitation-batches?templateId=" + this.template;
	}

	public UUID template() {
		return this.template;
	}

	/** Sends rows and gives the batch's id. */
	public String upload(String lines) {
		return upload(lines, "", Map.of());
	}

	public String upload(String lines, String query, Map<String, String> headers) {
		Response created = send(lines, query, headers).requireStatus(202);
		String id = String.valueOf(created.text("id"));
		assertThat(String.valueOf(created.headers().getLocation())).endsWith(path(id));
		return id;
	}

	public Response send(String lines, String query, Map<String, String> headers) {
		Map<String, String> all = new HashMap<>(headers);
		all.putIfAbsent(HttpHeaders.CONTENT_TYPE, "application/x-ndjson");
		return this.partner.post(uploadPath() + query, lines, all);
	}

	public JsonNode view(String batch) {
		return this.partner.get(path(batch)).requireStatus(200).json();
	}

	/** The batch that came last, a missing node if none has. */
	public JsonNode newest() {
		return this.partner.get("/invitation-batches?limit=1").requireStatus(200).json().at("/items/0");
	}

	/** What became of the rows. */
	public List<JsonNode> rows(String batch, String query) {
		return this.partner.get(path(batch) + "/rows" + query)
			.requireStatus(200)
			.json()
			.at("/items")
			.valueStream()
			.toList();
	}

	/** What the dispatcher reports of the first mail of an invited row. */
	public MailReported report(JsonNode row, DeliveryState state, @Nullable String reason) {
		return new MailReported(new PartnerSpaceId(this.partner.space()),
				new ClientId(UUID.fromString(row.at("/clientId").asString())),
				new InvitationId(UUID.fromString(row.at("/invitationId").asString())), 1,
				new Delivery(state, reason, null, 1, null, Instant.parse("2026-03-01T10:00:00Z")));
	}

	/** The batch, as soon as it is so. */
	public JsonNode await(String batch, Predicate<JsonNode> condition) {
		return Awaitility.await().atMost(ApiIntegration.PATIENCE).until(() -> view(batch), condition);
	}

	public JsonNode awaitState(String batch, String state) {
		return await(batch, (view) -> view.at("/state").asString().equals(state));
	}

	public JsonNode awaitCount(String batch, String name, int count) {
		return await(batch, (view) -> view.at("/counts/" + name).asInt() == count);
	}

	/** The batch, as soon as no row waits any more. */
	public JsonNode awaitDecided(String batch) {
		return awaitCount(batch, "waiting", 0);
	}

	/** The batch that came last, as soon as it is so. */
	public JsonNode awaitNewest(Predicate<JsonNode> condition) {
		return Awaitility.await().atMost(ApiIntegration.PATIENCE).until(this::newest, condition);
	}

}
