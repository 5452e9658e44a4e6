package com.banqup.invitations.devstack.inbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import com.banqup.invitations.devstack.Mail;
import com.banqup.invitations.devstack.MailInbox;
import com.banqup.invitations.devstack.host.LocalHttp;
import com.banqup.invitations.devstack.host.Ports;
import org.jspecify.annotations.Nullable;

/** The inbox in this process, with its mails in a folder. */
public final class PersistentInbox implements MailInbox, AutoCloseable {

	private final MailStore store;

	private final int smtpPort;

	private final int webPort;

	private @Nullable Smtp smtp;

	private @Nullable LocalHttp web;

	/**
	 * Describes an inbox, not started yet.
	 * @param folder for its mails; must exist
	 * @param smtpPort on 127.0.0.1
	 * @param webPort on 127.0.0.1
	 */
	public PersistentInbox(Path folder, int smtpPort, int webPort) {
		this.store = new MailStore(folder, InstantSource.system());
		this.smtpPort = smtpPort;
		this.webPort = webPort;
	}

	@Override
	public synchronized void start() {
		if (this.web == null) {
			Ports.requireFree(this.webPort, "the mail inbox's web page");
			this.web = InboxWeb.start(this.webPort, this.store);
		}
		if (this.smtp == null) {
			Ports.requireFree(this.smtpPort, "the mail inbox's SMTP server");
			this.smtp = Smtp.start(this.smtpPort, this.store);
		}
	}

	@Override
	public synchronized void stop() {
		if (this.smtp != null) {
			this.smtp.stop();
			this.smtp = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.smtp != null;
	}

	/** Stops the web page too. */
	@Override
	public synchronized void close() {
		stop();
		if (this.web != null) {
			this.web.stop();
			this.web = null;
		}
	}

	@Override
	public int smtpPort() {
		return this.smtpPort;
	}

	@Override
	public URI url() {
		return URI.create("http://127.0.0.1:" + this.webPort);
	}

	@Override
	public List<Mail> mails() {
		return mails(this.store.list((mail) -> true).toList());
	}

	@Override
	public List<Mail> mailsTo(String address) {
		return mails(this.store.list((mail) -> mail.hasRecipient(address)).toList());
	}

	@Override
	public void clear() {
		this.store.clear();
	}

	private List<Mail> mails(List<MailSummary> summaries) {
		return summaries.stream().map((summary) -> this.store.find(summary.id())).flatMap(Optional::stream).toList();
	}

}
