package com.banqup.invitations.acceptance.businessspace;

import java.util.List;
import java.util.UUID;

import com.banqup.invitations.acceptance.account.Account;
import reactor.core.publisher.Mono;

/** The Business Spaces, each seen only through an account that has it. */
public interface BusinessSpaces {

	/** How many an account can create. */
	int LIMIT = 100;

	/** The account's Business Spaces by name. */
	Mono<List<BusinessSpace>> list(Account account);

	/**
	 * Creates a Business Space for this account. Creating it again with the same country
	 * and number gives the one that is there. Errors: {@link TooManyBusinessSpaces}.
	 */
	Mono<BusinessSpace> create(Account account, NewBusinessSpace space);

	/**
	 * The account's Business Space with this id. Errors: {@link BusinessSpaceNotYours}
	 * when there is none, or when it is somebody else's.
	 */
	Mono<BusinessSpace> require(Account account, UUID id);

}
