package com.banqup.invitations.acceptance.account.r2dbc;

import java.time.Clock;
import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.acceptance.account.Account;
import com.banqup.invitations.acceptance.account.AccountName;
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

	private static final String FIND = """
			SELECT id, issuer, subject, name FROM account WHERE issuer = :issuer AND subject = :subject
			""";

	private static final String SIGNED_IN = """
			INSERT INTO account AS known (id, issuer, subject, name, created_at)
			VALUES (:id, :issuer, :subject, :name, :now)
			ON CONFLICT (issuer, subject) DO UPDATE SET name = coalesce(excluded.name, known.name)
			RETURNING id, issuer, subject, name
			""";

	private final DatabaseClient database;

	private final Clock clock;

	R2dbcAccounts(DatabaseClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	@Override
	public Mono<Account> find(String issuer, String subject) {
		return this.database.sql(FIND)
			.bind("issuer", issuer)
			.bind("subject", subject)
			.map(R2dbcAccounts::account)
			.one();
	}

	@Override
	public Mono<Account> signedIn(String issuer, String subject, @Nullable String name) {
		String tidy = AccountName.tidy(name);
		return find(issuer, subject).filter((account) -> tidy == null || tidy.equals(account.name()))
			.switchIfEmpty(Mono.defer(() -> upsert(issuer, subject, tidy)));
	}

	private Mono<Account> upsert(String issuer, String subject, @Nullable String name) {
		return this.database.sql(SIGNED_IN)
			.bind("id", UUID.randomUUID())
			.bind("issuer", issuer)
			.bind("subject", subject)
			.bind("name", Parameters.in(R2dbcType.VARCHAR, name))
			.bind("now", this.clock.instant())
			.map(R2dbcAccounts::account)
			.one();
	}

	private static Account account(Readable row) {
		return new Account(Objects.requireNonNull(row.get("id", UUID.class)),
				Objects.requireNonNull(row.get("issuer", String.class)),
				Objects.requireNonNull(row.get("subject", String.class)), row.get("name", String.class));
	}

}
