package com.banqup.invitations.acceptance.link.web;

import com.banqup.invitations.acceptance.consent.ConsentTextChanged;
import com.banqup.invitations.acceptance.link.InvitationAlreadyAccepted;
import com.banqup.invitations.acceptance.link.InvitationRevoked;
import com.banqup.invitations.acceptance.link.LinkExpired;
import com.banqup.invitations.acceptance.link.LinkNotYetKnown;
import com.banqup.invitations.acceptance.link.LinkSuperseded;
import com.banqup.invitations.acceptance.link.UnknownLink;
import com.banqup.invitations.acceptance.web.Problem;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What can go wrong with a link. */
@RestControllerAdvice(annotations = RestController.class)
class LinkProblems {

	@ExceptionHandler
	ResponseEntity<ProblemDetail> unknown(UnknownLink failure) {
		return Problem.of(HttpStatus.NOT_FOUND, "link-unknown", "Link unknown",
				"This is no link of ours, or a part of it is missing.");
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> expired(LinkExpired failure) {
		return Problem.of(HttpStatus.GONE, "link-expired", "Link expired",
				"The invitation has expired. The partner can send it again.");
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> superseded(LinkSuperseded failure) {
		return Problem.of(HttpStatus.GONE, "link-superseded", "Link superseded",
				"The invitation was sent again. Use the link in the latest mail.");
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> revoked(InvitationRevoked failure) {
		return Problem.of(HttpStatus.GONE, "invitation-revoked", "Invitation revoked",
				"The partner has ended this invitation.");
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> alreadyAccepted(InvitationAlreadyAccepted failure) {
		return Problem.of(HttpStatus.CONFLICT, "already-accepted", "Already accepted",
				"This invitation was accepted before.");
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> consentChanged(ConsentTextChanged failure) {
		return Problem.of(HttpStatus.CONFLICT, "consent-changed", "Consent changed",
				"The wording of the consent has changed. Read the invitation again and show the new one.");
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> notYetKnown(LinkNotYetKnown failure) {
		return Problem.passing("not-yet-known", "Not yet known",
				"The invitation is still on its way. Try again in a few seconds.");
	}

}
