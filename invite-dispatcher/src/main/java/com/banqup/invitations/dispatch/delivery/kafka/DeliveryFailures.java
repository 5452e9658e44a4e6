package com.banqup.invitations.dispatch.delivery.kafka;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

import com.banqup.invitations.dispatch.delivery.Hindrance;
import io.r2dbc.spi.R2dbcException;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Why a batch could not be delivered at all, for those who watch. */
final class DeliveryFailures {

	private DeliveryFailures() {
	}

	static Hindrance hindrance(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof R2dbcException || cause instanceof DataAccessException
					|| cause instanceof TransactionException || cause instanceof IOException) {
				return new Hindrance("database-unavailable");
			}
			if (cause instanceof TimeoutException) {
				return new Hindrance("time-limit-exceeded");
			}
		}
		return new Hindrance("unexpected-error");
	}

}
