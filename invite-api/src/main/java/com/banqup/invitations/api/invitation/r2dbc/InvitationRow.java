package com.banqup.invitations.api.invitation.r2dbc;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.Delivery;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.Invitation;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.InvitationState;
import com.banqup.invitations.api.invitation.Progress;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import io.r2dbc.spi.Readable;

import static java.util.Objects.requireNonNull;

/** How an invitation stands in its table. */
final class InvitationRow {

	/** The state as of {@code :now}. */
	static final String STATE = """
			CASE WHEN state = 'PENDING' AND expires_at <= :now THEN 'EXPIRED' ELSE state END""";

	/** What {@link #invitation} reads; takes {@code :now}. */
	static final String COLUMNS = """
			id, partner_space_id, client_id, template_id, topic, %s AS state, generation, language,
			       message, permissions, expires_in_days, created_at, requested_by, requested_at, expires_at, accepted_at,
			       revocation_requested_at, progress, delivery_state, delivery_reason, delivery_reply_code,
			       delivery_attempts, delivery_next_attempt_at, delivery_at"""
		.formatted(STATE);

	private InvitationRow() {
	}

	static Invitation invitation(Readable row) {
		return new Invitation(new InvitationId(requireNonNull(row.get("id", UUID.class))),
				new PartnerSpaceId(requireNonNull(row.get("partner_space_id", UUID.class))),
				new ClientId(requireNonNull(row.get("client_id", UUID.class))),
				new TemplateId(requireNonNull(row.get("template_id", UUID.class))),
				requireNonNull(row.get("topic", String.class)),
				InvitationState.valueOf(requireNonNull(row.get("state", String.class))),
				requireNonNull(row.get("generation", Integer.class)),
				InviteeLanguage.ofCode(requireNonNull(row.get("language", String.class))).orElseThrow(),
				row.get("message", String.class),
				Arrays.stream(requireNonNull(row.get("permissions", String[].class)))
					.map((code) -> Permission.ofCode(code).orElseThrow())
					.toList(),
				requireNonNull(row.get("expires_in_days", Integer.class)),
				requireNonNull(row.get("created_at", Instant.class)),
				requireNonNull(row.get("requested_by", String.class)),
				requireNonNull(row.get("requested_at", Instant.class)),
				requireNonNull(row.get("expires_at", Instant.class)), row.get("accepted_at", Instant.class),
				row.get("revocation_requested_at", Instant.class), delivery(row),
				Progress.valueOf(requireNonNull(row.get("progress", String.class))));
	}

	private static Delivery delivery(Readable row) {
		return new Delivery(DeliveryState.valueOf(requireNonNull(row.get("delivery_state", String.class))),
				row.get("delivery_reason", String.class), row.get("delivery_reply_code", Integer.class),
				requireNonNull(row.get("delivery_attempts", Integer.class)),
				row.get("delivery_next_attempt_at", Instant.class),
				requireNonNull(row.get("delivery_at", Instant.class)));
	}

}
