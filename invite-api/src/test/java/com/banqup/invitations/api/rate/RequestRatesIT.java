package com.banqup.invitations.api.rate;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.Response;
import com.banqup.invitations.api.VirtualTime;
import com.banqup.invitations.api.access.AccessNeeded;
import com.banqup.invitations.api.access.GrantedAccess;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

class RequestRatesIT extends ApiIntegration {

	@Autowired
	private RequestRates rates;

	@Autowired
	private RateProperties properties;

	@Autowired
	private VirtualTime rateTime;

	@Test
	void refusesWhatComesTooFastBeforeItsBodyIsRead() {
		Partner partner = administrator();
		spend(partner, AccessNeeded.CHANGE);

		Response refused = partner.post("/clients", "no JSON").requireProblem(429, "too-many-requests");

		assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("1");
		assertThat(refused.headers().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(refused.headers().getFirst("Content-Security-Policy")).isNotBlank();
		partner.get("/clients").requireStatus(200);

		this.rateTime.advance(Duration.ofSeconds(1));
		partner.post("/clients", "no JSON").requireProblem(400, "malformed-json");
	}

	@Test
	void refusesReadingThatComesTooFastAndStillTakesWrites() {
		Partner partner = administrator();
		spend(partner, AccessNeeded.LOOK);

		partner.get("/clients").requireProblem(429, "too-many-requests");

		partner.addClient("A");
	}

	@Test
	void countsOnlyWhatHasBeenLetIntoThePartnerSpace() {
		Partner partner = administrator();
		GrantedAccess writing = new GrantedAccess(partner.space(), AccessNeeded.CHANGE);
		spend(partner, AccessNeeded.CHANGE);
		this.rateTime.advance(Duration.ofSeconds(1).dividedBy(this.properties.writesPerSecond()));

		Partner stranger = withToken(partner.space(), issuer().token("stranger",
				Map.of("partner_space_id", UUID.randomUUID().toString(), "partner_role", "Administrator")));
		stranger.post("/clients", Map.of()).requireProblem(404, "partner-space-not-found");
		withToken(partner.space(), null).post("/clients", Map.of()).requireProblem(401, "token-required");
		partner(partner.space(), "Accountant").post("/clients", Map.of()).requireProblem(403, "role-not-sufficient");

		assertThat(this.rates.admit(writing)).as("what is left").isTrue();
		assertThat(this.rates.admit(writing)).as("more than is left").isFalse();
	}

	/** Uses up all that the Partner Space has at the moment. */
	private void spend(Partner partner, AccessNeeded needed) {
		GrantedAccess access = new GrantedAccess(partner.space(), needed);
		while (this.rates.admit(access)) {
			continue;
		}
	}

}
