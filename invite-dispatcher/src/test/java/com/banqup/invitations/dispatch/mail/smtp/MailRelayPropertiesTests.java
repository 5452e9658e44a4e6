package com.banqup.invitations.dispatch.mail.smtp;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.banqup.invitations.dispatch.mail.smtp.MailRelayProperties.StartTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class MailRelayPropertiesTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withUserConfiguration(Settings.class);

	@Test
	void asksForNothingButTheHost() {
		this.context.withPropertyValues("dispatch.mail.host=relay.example").run((context) -> {
			MailRelayProperties properties = context.getBean(MailRelayProperties.class);
			assertThat(properties.port()).isEqualTo(587);
			assertThat(properties.startTls()).isEqualTo(StartTls.REQUIRED);
			assertThat(properties.connections()).isEqualTo(312);
			assertThat(properties.readTimeout()).isEqualTo(Duration.ofSeconds(15));
			assertThat(properties.mailTimeLimit()).isEqualTo(Duration.ofSeconds(92));
		});
	}

	@ParameterizedTest
	@CsvSource({ "never,NEVER", "when-offered,WHEN_OFFERED", "required,REQUIRED" })
	void readsWhenToEncrypt(String value, StartTls startTls) {
		this.context.withPropertyValues("dispatch.mail.host=relay.example", "dispatch.mail.starttls=" + value)
			.run((context) -> assertThat(context.getBean(MailRelayProperties.class).startTls()).isEqualTo(startTls));
	}

	@Test
	void readsWhenToEncryptFromTheEnvironment() {
		this.context
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						new HashMap<>(
								Map.of("DISPATCH_MAIL_HOST", "relay.example", "DISPATCH_MAIL_STARTTLS", "never")))))
			.run((context) -> assertThat(context.getBean(MailRelayProperties.class).startTls())
				.isEqualTo(StartTls.NEVER));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					host=                                | host
					port=0                               | port
					connections=0                        | connections
					warm-connections=313                 | dispatch.mail.warm-connections: 313 (expected: at most 312 connections)
					read-timeout=0s                      | dispatch.mail.read-timeout: PT0S (expected: more than nothing)
					session-timeout=0s                   | dispatch.mail.session-timeout: PT0S (expected: more than nothing)
					message-timeout=14s                  | dispatch.mail.message-timeout: PT14S (expected: no less than read-timeout, PT15S)
					username=someone                     | dispatch.mail.password: missing (expected: with a username)
					password=sesame                      | dispatch.mail.username: missing (expected: with a password)
					envelope-from=bounces                | dispatch.mail.envelope-from: bounces (expected: an ASCII mail address)
					helo-name=a b                        | dispatch.mail.helo-name: a b (expected: a domain or an address in brackets)
					""")
	void namesWhatIsWrong(String property, String message) {
		this.context.withPropertyValues("dispatch.mail.host=relay.example", "dispatch.mail." + property)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(message));
	}

	@Test
	void neverPrintsThePassword() {
		this.context
			.withPropertyValues("dispatch.mail.host=relay.example", "dispatch.mail.username=someone",
					"dispatch.mail.password=sesame")
			.run((context) -> assertThat(context.getBean(MailRelayProperties.class).toString())
				.contains("relay.example")
				.doesNotContain("sesame"));
	}

	@EnableConfigurationProperties(MailRelayProperties.class)
	static class Settings {

	}

}
