package com.banqup.invitations.acceptance.session.r2dbc;

import java.util.List;
import java.util.UUID;

import com.banqup.invitations.acceptance.session.SessionAttribute;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionCodecTests {

	private final SessionCodec codec = new SessionCodec(List.of(new SessionAttribute("choice", Choice.class)));

	@Test
	void readsWhatFits() {
		UUID id = UUID.randomUUID();

		assertThat(this.codec.read("{\"choice\": {\"id\": \"%s\", \"times\": 2}}".formatted(id)))
			.containsEntry("choice", new Choice(id, 2));
	}

	@Test
	void leavesOutWhatAnotherVersionWroteDifferently() {
		assertThat(this.codec.read("{\"choice\": {\"id\": \"no id\", \"times\": 2}}")).isEmpty();
		assertThat(this.codec.read("{\"choice\": {\"times\": \"many\"}}")).isEmpty();
		assertThat(this.codec.read("{\"choice\": [1], \"unknown\": {}}")).isEmpty();
		assertThat(this.codec.read("{\"choice\": null}")).isEmpty();
	}

	record Choice(UUID id, int times) {
	}

}
