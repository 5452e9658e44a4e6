package com.banqup.invitations.api.invitation.web;

import com.banqup.invitations.api.invitation.ClientAlreadyLinked;
import com.banqup.invitations.api.invitation.DailyLimitReached;
import com.banqup.invitations.api.invitation.GenerationsExhausted;
import com.banqup.invitations.api.invitation.InvitationNotFound;
import com.banqup.invitations.api.invitation.NoPendingInvitation;
import com.banqup.invitations.api.invitation.RevocationInProgress;
import com.banqup.invitations.api.problem.Problem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers requests about invitations that fail. */
@RestControllerAdvice
class InvitationProblems {

	@ExceptionHandler
	ProblemDetail handle(InvitationNotFound ex) {
		return Problem.of(HttpStatus.NOT_FOUND, "invitation-not-found", "Invitation not found",
				"The Partner Space has no such invitation.");
	}

	@ExceptionHandler
	ProblemDetail handle(NoPendingInvitation ex) {
		return Problem.of(HttpStatus.CONFLICT, "no-pending-invitation", "No pending invitation",
				"There is no pending invitation. Invite the client.");
	}

	@ExceptionHandler
	ProblemDetail handle(ClientAlreadyLinked ex) {
		return Problem.of(HttpStatus.CONFLICT, "already-linked", "Already linked",
				"The client has accepted; it is linked to the Partner Space.");
	}

	@ExceptionHandler
	ProblemDetail handle(RevocationInProgress ex) {
		return Problem.of(HttpStatus.CONFLICT, "revocation-in-progress", "Revocation in progress",
				"You asked to revoke the invitation. Once it is revoked or has expired, invite the client again.");
	}

	@ExceptionHandler
	ProblemDetail handle(GenerationsExhausted ex) {
		return Problem.of(HttpStatus.CONFLICT, "sent-too-often", "Sent too often",
				"The invitation cannot be sent again. Revoke it, then invite the client again.");
	}

	/** Whoever waits so long, in whole seconds, comes on the next day. */
	@ExceptionHandler
	ResponseEntity<ProblemDetail> handle(DailyLimitReached ex) {
		return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
			.header(HttpHeaders.RETRY_AFTER, Long.toString(ex.untilThen().plusMillis(999).toSeconds()))
			.body(Problem.of(HttpStatus.TOO_MANY_REQUESTS, "daily-limit-reached", "Daily limit reached",
					"Your Partner Space can ask for " + ex.limit() + " mails a day. It has asked for " + ex.asked()
							+ ", and this request asks for " + ex.more() + ". Nothing was done; the next day begins at "
							+ ex.until() + "."));
	}

}
