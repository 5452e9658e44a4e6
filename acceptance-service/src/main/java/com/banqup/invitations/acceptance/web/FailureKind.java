package com.banqup.invitations.acceptance.web;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.banqup.invitations.acceptance.login.ProviderUnavailable;
import com.banqup.invitations.acceptance.session.SessionExpired;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.server.PayloadTooLargeException;

/**
 * What a failure is, whatever it is wrapped in: the one rule for pages and problems, so
 * that people and programs are told the same. Tells outages, which pass, from defects,
 * which do not.
 */
public enum FailureKind {

	/** The firewall stopped the request. */
	REJECTED(ServerExchangeRejectedException.class),

	/** What the request changed in its session may be lost. */
	SESSION_ENDED(SessionExpired.class),

	/** The database did not answer, or not in time: the same may work later. */
	DATABASE_UNAVAILABLE(DataAccessResourceFailureException.class, TransientDataAccessException.class,
			RecoverableDataAccessException.class, CannotCreateTransactionException.class,
			TransactionSystemException.class),

	/** The identity provider did not: the same may work later. */
	PROVIDER_UNAVAILABLE(ProviderUnavailable.class, WebClientException.class, JwtDecoderInitializationException.class,
			AuthenticationServiceException.class),

	/** The request's body is larger than any valid one. */
	TOO_LARGE(DataBufferLimitException.class, PayloadTooLargeException.class),

	/** A defect, or something that its own status tells. */
	OTHER;

	private final List<Class<? extends Throwable>> types;

	@SafeVarargs
	FailureKind(Class<? extends Throwable>... types) {
		this.types = List.of(types);
	}

	/** The kind of this failure or of one that led to it. */
	public static FailureKind of(Throwable failure) {
		return Arrays.stream(values()).filter((kind) -> kind.isIn(failure)).findFirst().orElse(OTHER);
	}

	private boolean isIn(Throwable failure) {
		return Stream.iterate(failure, (cause) -> cause != null, Throwable::getCause)
			.anyMatch((cause) -> this.types.stream().anyMatch((type) -> type.isInstance(cause)));
	}

}
