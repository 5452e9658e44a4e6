package com.banqup.invitations.dispatch.mail.smtp;

import java.time.InstantSource;

import javax.net.ssl.SSLException;

import com.banqup.invitations.dispatch.mail.InvitationLinks;
import com.banqup.invitations.dispatch.mail.MailGateway;
import com.banqup.invitations.dispatch.mail.content.MailComposer;
import com.banqup.invitations.dispatch.mail.content.MailContentProperties;
import com.banqup.invitations.dispatch.mail.smtp.MailRelayProperties.StartTls;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the mail gateway together. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

	@Bean
	MailComposer mailComposer(MailContentProperties properties, InvitationLinks links, InstantSource clock) {
		return new MailComposer(properties, links, clock);
	}

	@Bean
	RelaySessions relaySessions(MailRelayProperties properties, SslBundles bundles, MeterRegistry meters)
			throws SSLException {
		return new RelaySessions(new RelayConnector(properties, tls(properties, bundles)), properties, meters);
	}

	@Bean
	MailGateway mailGateway(MailComposer composer, RelaySessions sessions, MailContentProperties content,
			MailRelayProperties relay, MeterRegistry meters) {
		String envelopeFrom = (relay.envelopeFrom() != null) ? relay.envelopeFrom() : content.from();
		return new SmtpMailGateway(composer, sessions, envelopeFrom, relay, meters);
	}

	private static @Nullable SslContext tls(MailRelayProperties properties, SslBundles bundles) throws SSLException {
		if (properties.startTls() == StartTls.NEVER) {
			return null;
		}
		SslContextBuilder builder = SslContextBuilder.forClient().protocols("TLSv1.3", "TLSv1.2");
		if (properties.sslBundle() != null) {
			SslManagerBundle managers = bundles.getBundle(properties.sslBundle()).getManagers();
			builder.trustManager(managers.getTrustManagerFactory()).keyManager(managers.getKeyManagerFactory());
		}
		return builder.build();
	}

}
