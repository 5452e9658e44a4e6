package com.banqup.invitations.acceptance.account.r2dbc;

import java.time.Clock;
import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.acceptance.account.Account;
import com.banqup.invitations.acceptance.account.Accounts;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

@Repository
class R2dbcAccounts implements Accounts {

	/** RFC 5321: 64 for the mailbox, 255 for the domain. */
	private static final int MAX_EMAIL = 320;

	private static final int MAX_NAME = 200;

	private static final String FIND = """
			SELECT id, issuer, subject, email, email_verified, name FROM account
			WHERE issuer = :issuer AND subject = :subject
			""";

	private static final String SIGNED_IN = """
			INSERT INTO account AS known (id, issuer, subject, email, email_verified, name, created_at)
			VALUES (:id, :issuer, :subject, :email, :emailVerified, :name, :now)
			ON CONFLICT (issuer, subject) DO UPDATE
			SET email = coalesce(excluded.email, known.email),
			    email_verified = CASE WHEN excluded.email IS NULL THEN known.email_verified
			                          ELSE excluded.email_verified END,
			    name = coalesce(excluded.name, known.name)
			RETURNING id, issuer, subject, email, email_verified, name
			""";

	private final DatabaseClient database;

	private final Clock clock;

	R2dbcAccounts(DatabaseClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	@Override
	public Mono<Account> find(String issuer, String subject) {
		return findRow(issuer, subject).map(Row::account);
	}

	@Override
	public Mono<Account> signedIn(String issuer, String subject, @Nullable String email, boolean emailVerified,
			@Nullable String name) {
		String knownEmail = (email == null || email.length() > MAX_EMAIL) ? null : email;
		String knownName = (name == null || name.length() <= MAX_NAME) ? name : name.substring(0, MAX_NAME);
		return findRow(issuer, subject).filter((row) -> row.says(knownEmail, emailVerified, knownName))
			.switchIfEmpty(Mono.defer(() -> upsert(issuer, subject, knownEmail, emailVerified, knownName)))
			.map(Row::account);
	}

	private Mono<Row> findRow(String issuer, String subject) {
		return this.database.sql(FIND).bind("issuer", issuer).bind("subject", subject).map(Row::of).one();
	}

	private Mono<Row> upsert(String issuer, String subject, @Nullable String email, boolean emailVerified,
			@Nullable String name) {
		return this.database.sql(SIGNED_IN)
			.bind("id", UUID.randomUUID())
			.bind("issuer", issuer)
			.bind("subject", subject)
			.bind("email", Parameters.in(R2dbcType.VARCHAR, email))
			.bind("emailVerified", emailVerified && email != null)
			.bind("name", Parameters.in(R2dbcType.VARCHAR, name))
			.bind("now", this.clock.instant())
			.map(Row::of)
			.one();
	}

	private record Row(Account account, boolean emailVerified) {

		static Row of(Readable row) {
			return new Row(
					new Account(Objects.requireNonNull(row.get("id", UUID.class)),
							Objects.requireNonNull(row.get("issuer", String.class)),
							Objects.requireNonNull(row.get("subject", String.class)), row.get("email", String.class),
							row.get("name", String.class)),
					Objects.requireNonNull(row.get("email_verified", Boolean.class)));
		}

		boolean says(@Nullable String email, boolean verified, @Nullable String name) {
			boolean sameEmail = email == null || (email.equals(this.account.email()) && verified == this.emailVerified);
			return sameEmail && (name == null || name.equals(this.account.name()));
		}

	}

}
