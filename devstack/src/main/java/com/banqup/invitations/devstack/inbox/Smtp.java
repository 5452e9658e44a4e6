package com.banqup.invitations.devstack.inbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;

/** GreenMail's SMTP server, which hands every mail to the store before it says 250. */
final class Smtp {

	private static final long PATIENCE_MILLIS = 10_000;

	/** What RFC 5321 asks of a server between commands; GreenMail's own is 30 s. */
	private static final int IDLE_MILLIS = 300_000;

	private final SmtpServer server;

	private Smtp(SmtpServer server) {
		this.server = server;
	}

	static Smtp start(int port, MailStore store) {
		SmtpServer server = new SmtpServer(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
				new Storing(store));
		server.setClientSocketTimeout(IDLE_MILLIS);
		server.setDaemon(true);
		server.startService();
		try {
			if (!server.waitTillRunning(PATIENCE_MILLIS)) {
				throw new IllegalStateException("the mail inbox's SMTP server did not start on port " + port);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while starting SMTP", ex);
		}
		return new Smtp(server);
	}

	void stop() {
		this.server.stopService(PATIENCE_MILLIS);
	}

	private static final class Storing extends Managers {

		private final SmtpManager manager;

		private Storing(MailStore store) {
			this.manager = new SmtpManager(getImapHostManager(), getUserManager()) {
				@Override
				public void send(SmtpState state) {
					store(store, state.getMessage());
				}
			};
		}

		@Override
		public SmtpManager getSmtpManager() {
			return this.manager;
		}

		private static void store(MailStore store, MovingMessage message) {
			ByteArrayOutputStream source = new ByteArrayOutputStream();
			try {
				message.getMessage().writeTo(source);
			}
			catch (MessagingException ex) {
				throw new IllegalStateException("the mail cannot be read: " + ex.getMessage(), ex);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			List<String> recipients = message.getToAddresses().stream().map(MailAddress::getEmail).toList();
			MailAddress sender = message.getReturnPath();
			store.add((sender != null) ? sender.getEmail() : "", recipients, source.toByteArray());
		}

	}

}
