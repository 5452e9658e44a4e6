package com.banqup.invitations.systemtests.bench.baseline;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes an invitation and answers once Kafka has it. */
@RestController
class InvitationController {

	private final KafkaTemplate<String, Invitation> kafka;

	InvitationController(KafkaTemplate<String, Invitation> kafka) {
		this.kafka = kafka;
	}

	@PostMapping("/invitations")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Mono<Void> invite(@RequestBody Invitation invitation) {
		return Mono.fromFuture(() -> this.kafka.send(InvitationTopic.NAME, invitation.email(), invitation)).then();
	}

	@GetMapping("/ready")
	String ready() {
		return "ready";
	}

}
