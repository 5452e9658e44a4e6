package com.banqup.invitations.devstack.launcher;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import com.banqup.invitations.devstack.EmbeddedStack;
import com.banqup.invitations.devstack.IdentityProvider;
import com.banqup.invitations.devstack.KafkaBroker;
import com.banqup.invitations.devstack.MailInbox;
import com.banqup.invitations.devstack.Postgres;
import com.banqup.invitations.devstack.SchemaRegistry;
import com.banqup.invitations.devstack.StackPorts;
import com.banqup.invitations.devstack.console.Console;
import com.banqup.invitations.devstack.host.ChildProcess;
import com.banqup.invitations.devstack.host.DataFolder;
import com.banqup.invitations.devstack.launcher.StartedStack.ServiceDatabases;

/**
 * The stack and the services on it. The parts of either start at the same time, the
 * services after the stack; they stop the other way round, so that nothing loses what it
 * stands on.
 */
final class RunningSystem implements AutoCloseable {

	private static final int LOG_LINES_SHOWN = 15;

	private static final String JARS = "jars";

	private final Path home;

	private final RunFolder folder;

	private final LogFolder logs;

	private final PortPlan ports;

	private final Console console;

	private final InstantSource clock;

	private final EmbeddedStack stack;

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(2))
		.build();

	private final List<Supervisor> services = new ArrayList<>();

	/**
	 * A system that is not started yet.
	 * @param home the folder of the sources, with what the build made
	 */
	RunningSystem(Path home, RunFolder folder, LogFolder logs, PortPlan ports, Console console, InstantSource clock) {
		this.home = home;
		this.folder = folder;
		this.logs = logs;
		this.ports = ports;
		this.console = console;
		this.clock = clock;
		this.stack = EmbeddedStack.builder()
			.data(stackFolder(folder))
			.logs(logs.path())
			.ports(stackPorts(ports))
			.build();
	}

	private static StackPorts stackPorts(PortPlan ports) {
		return new StackPorts(ports.of(Port.KAFKA), ports.of(Port.KAFKA_CONTROLLER), ports.of(Port.POSTGRES),
				ports.of(Port.REGISTRY), ports.of(Port.SMTP), ports.of(Port.INBOX), ports.of(Port.IDENTITY));
	}

	/** Whether services still run that a killed launcher started. */
	static boolean hasLeftovers(RunFolder folder) {
		return ServiceDefinitions.NAMES.stream()
			.anyMatch((service) -> ChildProcess.recorded(record(folder, service)).isPresent());
	}

	/** Ends what a killed launcher left running, and nothing else. */
	static void endLeftovers(RunFolder folder) {
		ServiceDefinitions.NAMES.forEach((service) -> ChildProcess.endRecorded(service, record(folder, service)));
		EmbeddedStack.endLeftovers(stackFolder(folder));
	}

	private static Path stackFolder(RunFolder folder) {
		return folder.folder("stack");
	}

	private static Path record(RunFolder folder, String service) {
		return folder.folder("run").resolve(service + ".process");
	}

	/**
	 * Starts the stack and returns when all of it serves.
	 * @throws LaunchException when a part does not come up
	 */
	StartedStack startStack() {
		try (ParallelStart starting = new ParallelStart(this.console, this.clock)) {
			CompletableFuture<ServiceDatabases> databases = begin(starting, Port.POSTGRES,
					() -> ServiceDatabases.on(this.stack.postgres()));
			CompletableFuture<KafkaBroker> kafka = begin(starting, Port.KAFKA, this.stack::kafka);
			CompletableFuture<IdentityProvider> identity = begin(starting, Port.IDENTITY, this.stack::identity);
			CompletableFuture<MailInbox> inbox = begin(starting, Port.INBOX, this.stack::inbox);
			CompletableFuture<SchemaRegistry> registry = begin(starting, Port.REGISTRY, this.stack::registry);
			ServiceDatabases ready = starting.await(databases);
			Postgres postgres = this.stack.postgres();
			return new StartedStack(postgres, ready, starting.await(kafka), starting.await(identity),
					starting.await(inbox), starting.await(registry));
		}
	}

	/** The parts of this system, its services yet to be started. */
	Parts parts(StartedStack started) {
		ServiceDefinitions definitions = new ServiceDefinitions(this.home, this.folder.folder(JARS), this.ports,
				Secrets.in(this.folder.folder("secrets")), started.surroundings());
		definitions.all(started.databases()).forEach((definition) -> this.services.add(supervisor(definition)));
		return started.parts(this.services);
	}

	/**
	 * Starts the services and returns when all of them serve, but for those somebody
	 * stopped meanwhile.
	 * @throws LaunchException when one does not come up
	 */
	void startServices() {
		try (ParallelStart starting = new ParallelStart(this.console, this.clock)) {
			this.services.stream()
				.map((service) -> begin(starting, service))
				.toList()
				.forEach(starting::awaitUnlessStopped);
		}
	}

	private <T> CompletableFuture<T> begin(ParallelStart starting, Port port, Supplier<T> start) {
		return starting.begin(port.title(), this.ports.address(port), start);
	}

	private CompletableFuture<Supervisor> begin(ParallelStart starting, Supervisor service) {
		Port port = ServiceDefinitions.portOf(service.name());
		return begin(starting, port, () -> {
			start(service);
			return service;
		});
	}

	private void start(Supervisor service) {
		try {
			service.start();
		}
		catch (StoppedException ex) {
			throw ex;
		}
		catch (LaunchException ex) {
			throw new LaunchException(
					"%s; its log %s ends with:%n%s".formatted(ex.getMessage(), this.logs.of(service.name()),
							String.join(System.lineSeparator(), this.logs.lastLines(service.name(), LOG_LINES_SHOWN))),
					ex);
		}
	}

	private Supervisor supervisor(ServiceDefinition definition) {
		Path record = record(this.folder, definition.name());
		Path log = this.logs.of(definition.name());
		return new Supervisor(definition.name(), () -> definition.launch(record, log),
				new Readiness(this.http, definition.url()), Supervisor.Settings.standard(definition.stopPatience()),
				new Announcements(this.console), this.clock);
	}

	/**
	 * Stops everything, whether or not it was started, and returns when it is gone.
	 * Nobody may be starting anything.
	 */
	@Override
	public void close() {
		List<Thread> stopping = this.services.stream()
			.map((service) -> Thread.ofVirtual().start(() -> stop(service)))
			.toList();
		try {
			for (Thread thread : stopping) {
				thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.stack.close();
		this.console.line("  stopped the stack");
		this.http.shutdownNow();
		DataFolder.delete(this.folder.file(JARS));
	}

	private void stop(Supervisor service) {
		service.retire();
		this.console.line("  stopped " + service.name());
	}

}
