package com.banqup.invitations.devstack;

import java.util.List;
import java.util.function.Supplier;

import com.banqup.invitations.devstack.host.DataFolder;
import com.banqup.invitations.devstack.host.QuietLogging;
import com.banqup.invitations.devstack.identity.LocalIdentityProvider;
import com.banqup.invitations.devstack.inbox.PersistentInbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stack whose parts start when they are first asked for. Inbox and identity provider
 * are always in this process; kinds of stacks differ in the servers.
 */
abstract class LazyStack implements Stack {

	private static final Logger log = LoggerFactory.getLogger(LazyStack.class);

	private final DataFolder folder;

	private final StartedOnce<KafkaBroker> kafka;

	private final StartedOnce<Postgres> postgres;

	private final StartedOnce<SchemaRegistry> registry;

	private final StartedOnce<MailInbox> inbox;

	private final StartedOnce<IdentityProvider> identity;

	LazyStack(DataFolder folder, StackPorts ports, Supplier<KafkaBroker> kafka, Supplier<Postgres> postgres,
			Supplier<SchemaRegistry> registry) {
		QuietLogging.install();
		this.folder = folder;
		this.kafka = new StartedOnce<>(kafka);
		this.postgres = new StartedOnce<>(postgres);
		this.registry = new StartedOnce<>(registry);
		this.inbox = new StartedOnce<>(() -> new PersistentInbox(folder.folder("mails"), ports.smtp(), ports.inbox()));
		this.identity = new StartedOnce<>(() -> new LocalIdentityProvider(folder.folder("identity"), ports.identity()));
	}

	@Override
	public final KafkaBroker kafka() {
		return this.kafka.get();
	}

	@Override
	public final Postgres postgres() {
		return this.postgres.get();
	}

	@Override
	public final SchemaRegistry registry() {
		return this.registry.get();
	}

	@Override
	public final MailInbox inbox() {
		return this.inbox.get();
	}

	@Override
	public final IdentityProvider identity() {
		return this.identity.get();
	}

	/** Stops every part and gives the folder back; the data in it stays. */
	@Override
	public final void close() {
		for (StartedOnce<?> part : List.of(this.identity, this.inbox, this.registry, this.kafka, this.postgres)) {
			try {
				part.close();
			}
			catch (RuntimeException ex) {
				log.error("A part of the stack did not stop cleanly", ex);
			}
		}
		this.folder.close();
	}

}
