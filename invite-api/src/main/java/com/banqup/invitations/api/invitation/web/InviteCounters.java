package com.banqup.invitations.api.invitation.web;

import java.util.List;

import com.banqup.invitations.api.invitation.InviteOutcome;
import com.banqup.invitations.api.invitation.InviteOutcome.Accepted;
import com.banqup.invitations.api.invitation.InviteOutcome.Refused;
import com.banqup.invitations.api.invitation.RefusalReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts clients that were invited, and those that were not, by reason. */
@Component
class InviteCounters {

	private final MeterRegistry meters;

	InviteCounters(MeterRegistry meters) {
		this.meters = meters;
		counter("accepted", "none");
		for (RefusalReason reason : RefusalReason.values()) {
			counter("refused", reason.code());
		}
	}

	void count(List<InviteOutcome> outcomes) {
		for (InviteOutcome outcome : outcomes) {
			switch (outcome) {
				case Accepted accepted -> counter("accepted", "none").increment();
				case Refused refused -> counter("refused", refused.reason().code()).increment();
			}
		}
	}

	private Counter counter(String outcome, String reason) {
		return Counter.builder("invitations.requested")
			.description("Clients named in requests to invite")
			.tag("outcome", outcome)
			.tag("reason", reason)
			.register(this.meters);
	}

}
