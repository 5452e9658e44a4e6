package com.banqup.invitations.acceptance.web;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells outages, which pass, from defects, which do not. */
public final class Outages {

	private Outages() {
	}

	/** Whether the database did not answer, or not in time: the same may work later. */
	public static boolean isDatabaseUnavailable(Throwable failure) {
		return failure instanceof DataAccessResourceFailureException || failure instanceof TransientDataAccessException
				|| failure instanceof RecoverableDataAccessException
				|| failure instanceof CannotCreateTransactionException || failure instanceof TransactionSystemException;
	}

}
