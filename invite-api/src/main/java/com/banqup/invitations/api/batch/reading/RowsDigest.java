package com.banqup.invitations.api.batch.reading;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.KnownClient;
import com.banqup.invitations.api.batch.BatchRow.NamedClient;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;

/**
 * What rows that say the same have in common, also across releases: not where they stand.
 */
public final class RowsDigest {

	private final MessageDigest digest = sha256();

	private RowsDigest() {
	}

	/** SHA-256 of these rows in their order: numbers, references and contents. */
	public static byte[] of(List<BatchRow> rows) {
		RowsDigest digest = new RowsDigest();
		rows.forEach(digest::add);
		return digest.digest.digest();
	}

	private void add(BatchRow row) {
		add(row.number());
		add(row.rowRef());
		switch (row.content()) {
			case NamedClient named -> {
				this.digest.update((byte) 'N');
				add(named.details());
				add(named.message());
			}
			case KnownClient known -> {
				this.digest.update((byte) 'K');
				add(known.clientId().toString());
			}
			case Unusable unusable -> {
				this.digest.update((byte) 'U');
				add(unusable.reason().code());
			}
		}
	}

	private void add(ClientDetails details) {
		InviteeLanguage language = details.language();
		add(details.name());
		add(details.email().given());
		add((language != null) ? language.code() : null);
		add(details.externalReference());
		add(details.vatNumber());
		add(details.country());
	}

	/** With its length before it, so that no two texts can be taken for two others. */
	private void add(@Nullable String text) {
		if (text == null) {
			add(-1);
			return;
		}
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		add(bytes.length);
		this.digest.update(bytes);
	}

	private void add(int number) {
		for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
			this.digest.update((byte) (number >> shift));
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
