package com.banqup.invitations.devstack;

import java.util.Locale;
import java.util.function.BooleanSupplier;

import com.banqup.invitations.devstack.containers.DockerEngine;
import com.banqup.invitations.devstack.host.DataFolder;
import com.banqup.invitations.devstack.host.TemporaryFolders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the stack that the tests of this JVM share. */
final class SharedStack {

	private static final Logger log = LoggerFactory.getLogger(SharedStack.class);

	private SharedStack() {
	}

	static Stack get() {
		return Holder.STACK;
	}

	private static Stack create() {
		Choice choice = choose();
		log.info("Development stack: {}", choice.explanation());
		DataFolder folder = TemporaryFolders.claim("client-invitations-stack");
		Stack stack = choice.containers() ? new ContainerStack(folder, StackPorts.free())
				: EmbeddedStack.builder().data(folder).ports(StackPorts.free()).durable(false).build();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			stack.close();
			folder.delete();
		}, "devstack-shutdown"));
		return stack;
	}

	/** Which stack the tests of this JVM get. */
	static Choice choose() {
		return choose(System.getProperty("devstack", System.getenv("DEVSTACK")), DockerEngine::answers);
	}

	/** What somebody wished for decides, else whether an engine answers. */
	static Choice choose(@Nullable String wish, BooleanSupplier engineAnswers) {
		return switch ((wish != null) ? wish.strip().toLowerCase(Locale.ROOT) : "") {
			case "embedded" -> new Choice(false, "embedded, as DEVSTACK says");
			case "containers" -> {
				if (!engineAnswers.getAsBoolean()) {
					throw new IllegalStateException(
							"DEVSTACK: containers, but no Docker engine answers on this machine");
				}
				yield new Choice(true, "in containers, as DEVSTACK says");
			}
			case "" -> engineAnswers.getAsBoolean()
					? new Choice(true, "in containers, a Docker engine answers (DEVSTACK=embedded does without)")
					: new Choice(false, "embedded, no Docker engine answers");
			default ->
				throw new IllegalStateException("DEVSTACK: \"%s\" (expected: embedded or containers)".formatted(wish));
		};
	}

	/**
	 * Which stack it is.
	 *
	 * @param containers rather than embedded
	 * @param explanation for the log
	 */
	record Choice(boolean containers, String explanation) {
	}

	private static final class Holder {

		static final Stack STACK = create();

	}

}
