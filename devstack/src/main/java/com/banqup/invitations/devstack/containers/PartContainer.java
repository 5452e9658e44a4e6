package com.banqup.invitations.devstack.containers;

import java.time.Duration;
import java.util.Map;

import com.banqup.invitations.devstack.Part;
import com.banqup.invitations.devstack.host.Ports;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A part in a container: one port, published on 127.0.0.1. Stopping it stops the
 * container and keeps its data; closing it removes the container.
 */
abstract class PartContainer implements Part, AutoCloseable {

	private static final int STOP_SECONDS = 20;

	private final String name;

	private final Image image;

	private final int port;

	private final int containerPort;

	private @Nullable GenericContainer<?> container;

	private boolean running;

	PartContainer(String name, Image image, int port, int containerPort) {
		this.name = name;
		this.image = image;
		this.port = port;
		this.containerPort = containerPort;
	}

	abstract Map<String, String> environment();

	/** The image's own command unless overridden. */
	String[] command() {
		return new String[0];
	}

	/** Returns when the part serves. */
	abstract void awaitReady();

	@Override
	public final synchronized void start() {
		if (this.running) {
			return;
		}
		Ports.requireFree(this.port, this.name);
		if (this.container == null) {
			this.container = create();
		}
		else {
			DockerClientFactory.lazyClient().startContainerCmd(this.container.getContainerId()).exec();
		}
		this.running = true;
		try {
			awaitReady();
		}
		catch (RuntimeException ex) {
			String log = logs();
			stop();
			throw new IllegalStateException(ex.getMessage() + "; the container's log ends with: " + log, ex);
		}
	}

	@Override
	public final synchronized void stop() {
		if (this.running && this.container != null) {
			this.running = false;
			DockerClientFactory.lazyClient()
				.stopContainerCmd(this.container.getContainerId())
				.withTimeout(STOP_SECONDS)
				.exec();
		}
	}

	@Override
	public final synchronized boolean isRunning() {
		return this.running;
	}

	@Override
	public final synchronized void close() {
		this.running = false;
		if (this.container != null) {
			this.container.stop();
			this.container = null;
		}
	}

	final int port() {
		return this.port;
	}

	private GenericContainer<?> create() {
		GenericContainer<?> made = new GenericContainer<>(DockerImageName.parse(this.image.reference()));
		made.withEnv(environment()).withExposedPorts(this.containerPort).withCreateContainerCmdModifier((command) -> {
			if (command.getHostConfig() != null) {
				command.getHostConfig()
					.withPortBindings(new PortBinding(Binding.bindIpAndPort("127.0.0.1", this.port),
							ExposedPort.tcp(this.containerPort)));
			}
		}).waitingFor(new NoWaiting());
		if (command().length > 0) {
			made.withCommand(command());
		}
		try {
			made.start();
			return made;
		}
		catch (ContainerLaunchException ex) {
			made.stop();
			throw new IllegalStateException(
					"%s does not run in a container (image %s): %s. DEVSTACK=embedded does without".formatted(this.name,
							this.image.reference(), rootMessage(ex)),
					ex);
		}
	}

	private String logs() {
		GenericContainer<?> made = this.container;
		String log = (made != null) ? made.getLogs() : "";
		return log.substring(Math.max(0, log.length() - 500));
	}

	private static @Nullable String rootMessage(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause.getMessage();
	}

	/** Readiness is asked for from outside, the same way after each start. */
	private static final class NoWaiting extends AbstractWaitStrategy {

		private NoWaiting() {
			withStartupTimeout(Duration.ofSeconds(60));
		}

		@Override
		protected void waitUntilReady() {
		}

	}

}
