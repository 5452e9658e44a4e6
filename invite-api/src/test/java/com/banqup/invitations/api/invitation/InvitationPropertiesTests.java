package com.banqup.invitations.api.invitation;

import java.time.ZoneId;
import java.util.UUID;
import java.util.stream.Stream;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import com.banqup.invitations.schemas.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class InvitationPropertiesTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withUserConfiguration(Settings.class);

	@Test
	void hasSoundDefaults() {
		this.context.run((context) -> assertThat(context.getBean(InvitationProperties.class))
			.isEqualTo(new InvitationProperties(20, 1_000_000, ZoneId.of("UTC"))));
	}

	@ParameterizedTest
	@CsvSource({ "interactive-clients=0, interactiveClients", "interactive-clients=1001, interactiveClients",
			"daily-limit=0, dailyLimit" })
	void namesWhatCannotBe(String setting, String field) {
		this.context.withPropertyValues("invite.invitations." + setting)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(field));
	}

	@ParameterizedTest
	@CsvSource({ "1, " + Topics.INVITATION_REQUESTS, "20, " + Topics.INVITATION_REQUESTS,
			"21, " + Topics.INVITATION_REQUESTS_BULK, "1000, " + Topics.INVITATION_REQUESTS_BULK })
	void sendsTheMailsOfManyClientsWithThoseOfBulks(int clients, String topic) {
		this.context.run((context) -> assertThat(context.getBean(InvitationProperties.class).topic(inviting(clients)))
			.isEqualTo(topic));
	}

	private static InviteRequest inviting(int clients) {
		return new InviteRequest(new PartnerSpaceId(UUID.randomUUID()),
				Stream.generate(() -> new ClientId(UUID.randomUUID())).limit(clients).toList(),
				new TemplateId(UUID.randomUUID()), null, null, "user-1");
	}

	@EnableConfigurationProperties(InvitationProperties.class)
	private static final class Settings {

	}

}
