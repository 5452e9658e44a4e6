package com.banqup.invitations.api.batch.r2dbc;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.batch.BatchFailure;
import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchState;
import com.banqup.invitations.api.batch.InvitationBatch;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** How a batch stands in its table. */
final class BatchTableRow {

	/** What {@link #batch} reads. */
	static final String COLUMNS = """
			batch.id, batch.partner_space_id, batch.template_id, batch.dry_run, batch.state, batch.failure,
			       batch.failure_detail, batch.ignored_columns, batch.row_count, batch.created_by, batch.created_at,
			       batch.received_at, batch.running_since, batch.settled_before, batch.cancel_requested_at, batch.paced_until, batch.ended_at""";

	private BatchTableRow() {
	}

	static InvitationBatch batch(Readable row) {
		return new InvitationBatch(new BatchId(requireNonNull(row.get("id", UUID.class))),
				new PartnerSpaceId(requireNonNull(row.get("partner_space_id", UUID.class))),
				new TemplateId(requireNonNull(row.get("template_id", UUID.class))),
				requireNonNull(row.get("dry_run", Boolean.class)),
				BatchState.valueOf(requireNonNull(row.get("state", String.class))), failure(row),
				List.of(requireNonNull(row.get("ignored_columns", String[].class))),
				requireNonNull(row.get("row_count", Integer.class)),
				requireNonNull(row.get("created_by", String.class)),
				requireNonNull(row.get("created_at", Instant.class)), row.get("received_at", Instant.class),
				row.get("running_since", Instant.class), requireNonNull(row.get("settled_before", Long.class)),
				row.get("cancel_requested_at", Instant.class), row.get("paced_until", Instant.class),
				row.get("ended_at", Instant.class));
	}

	private static @Nullable BatchFailure failure(Readable row) {
		String code = row.get("failure", String.class);
		return (code != null) ? new BatchFailure(code, requireNonNull(row.get("failure_detail", String.class))) : null;
	}

}
