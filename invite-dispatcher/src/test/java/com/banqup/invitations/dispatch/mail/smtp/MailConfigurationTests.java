package com.banqup.invitations.dispatch.mail.smtp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

import com.banqup.invitations.dispatch.mail.InvitationLinks;
import com.banqup.invitations.dispatch.mail.InvitationLinksProperties;
import com.banqup.invitations.dispatch.mail.MailGateway;
import com.banqup.invitations.dispatch.mail.MailReceipt;
import com.banqup.invitations.dispatch.mail.RelayUnavailable;
import com.banqup.invitations.dispatch.mail.content.MailContentProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MailConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
		.withUserConfiguration(Settings.class)
		.withPropertyValues("dispatch.mail.host=localhost", "dispatch.mail.from=invitations@banqup.example",
				"invitation-links.base-url=https://invite.example", "invitation-links.current-key=1",
				"invitation-links.keys.1=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

	@Test
	void sendsFromTheConfiguredAddress() {
		try (ScriptedSmtpServer relay = new ScriptedSmtpServer()) {
			this.context
				.withPropertyValues("dispatch.mail.port=" + relay.port(), "dispatch.mail.starttls=never",
						"dispatch.mail.warm-connections=0")
				.run((context) -> {
					assertThat(send(context.getBean(MailGateway.class)).replyCode()).isEqualTo(250);
					assertThat(relay.received().getFirst().sender()).contains("<invitations@banqup.example>");
				});
		}
	}

	@Test
	void sendsBouncesElsewhereWhenToldSo() {
		try (ScriptedSmtpServer relay = new ScriptedSmtpServer()) {
			this.context
				.withPropertyValues("dispatch.mail.port=" + relay.port(), "dispatch.mail.starttls=never",
						"dispatch.mail.envelope-from=bounces@banqup.example")
				.run((context) -> {
					send(context.getBean(MailGateway.class));
					assertThat(relay.received().getFirst().sender()).contains("<bounces@banqup.example>");
				});
		}
	}

	@Test
	void trustsTheCertificatesOfAnSslBundle() throws Exception {
		try (ScriptedSmtpServer relay = new ScriptedSmtpServer().offers("STARTTLS")
			.encryptsWith(TestCertificate.forHost("localhost").server())) {
			this.context.withPropertyValues("dispatch.mail.port=" + relay.port(), "dispatch.mail.ssl-bundle=relay",
					"spring.ssl.bundle.pem.relay.truststore.certificate=" + TestCertificate.forHost("localhost").pem())
				.run((context) -> {
					send(context.getBean(MailGateway.class));
					assertThat(relay.received()).singleElement().matches(ScriptedSmtpServer.Received::encrypted);
				});
		}
	}

	@Test
	void trustsOnlyKnownAuthoritiesOtherwise() throws Exception {
		try (ScriptedSmtpServer relay = new ScriptedSmtpServer().offers("STARTTLS")
			.encryptsWith(TestCertificate.forHost("localhost").server())) {
			this.context.withPropertyValues("dispatch.mail.port=" + relay.port())
				.run((context) -> assertThatExceptionOfType(RelayUnavailable.class)
					.isThrownBy(() -> send(context.getBean(MailGateway.class)))
					.matches((ex) -> ex.reasonCode().equals("tls-failed")));
		}
	}

	@Test
	void startsWhenNoRelayListens() {
		this.context.withPropertyValues("dispatch.mail.port=9", "dispatch.mail.connect-timeout=1s")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(MailGateway.class));
	}

	@Test
	void namesTheAddressThatIsMissing() {
		this.context.withPropertyValues("dispatch.mail.from=")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("dispatch.mail")
				.hasMessageContaining("from"));
	}

	@Test
	void namesTheAddressThatIsNone() {
		this.context.withPropertyValues("dispatch.mail.from=Banqup <a@example.com>")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("dispatch.mail.from: Banqup <a@example.com> (expected: an ASCII mail address)"));
	}

	private static MailReceipt send(MailGateway gateway) {
		return Objects.requireNonNull(gateway.send(GatewayUnderTest.aMail()).block(LIMIT));
	}

	@EnableConfigurationProperties({ MailRelayProperties.class, MailContentProperties.class,
			InvitationLinksProperties.class })
	@Import({ MailConfiguration.class, InvitationLinks.class })
	static class Settings {

		@Bean
		MeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

		@Bean
		InstantSource clock() {
			return InstantSource.system();
		}

	}

}
