package com.banqup.invitations.devstack.launcher;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.banqup.invitations.devstack.EmbeddedStack;
import com.banqup.invitations.devstack.IdentityProvider;
import com.banqup.invitations.devstack.KafkaBroker;
import com.banqup.invitations.devstack.MailInbox;
import com.banqup.invitations.devstack.Part;
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

	/** What can be taken away, by the names that users call it, the services first. */
	static final List<String> PARTS = Stream
		.concat(ServiceDefinitions.NAMES.stream(), Stream.of("postgres", "kafka", "registry", "smtp", "identity"))
		.toList();

	private static final int LOG_LINES_SHOWN = 15;

	private static final String JARS = "jars";

	private final Path home;

	private final Parts parts;

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
	 * @param parts of {@link #PARTS}, all to come: told as they come up
	 */
	RunningSystem(Path home, Parts parts, RunFolder folder, LogFolder logs, PortPlan ports, Console console,
			InstantSource clock) {
		this.home = home;
		this.parts = parts;
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
					new StackPart("postgres", this.stack::postgres), () -> ServiceDatabases.on(this.stack.postgres()));
			CompletableFuture<KafkaBroker> kafka = begin(starting, Port.KAFKA, "kafka", this.stack::kafka);
			CompletableFuture<IdentityProvider> identity = begin(starting, Port.IDENTITY, "identity",
					this.stack::identity);
			CompletableFuture<MailInbox> inbox = begin(starting, Port.INBOX, "smtp", this.stack::inbox);
			CompletableFuture<SchemaRegistry> registry = begin(starting, Port.REGISTRY, "registry",
					this.stack::registry);
			return new StartedStack(starting.await(databases), starting.await(kafka), starting.await(identity),
					starting.await(inbox), starting.await(registry));
		}
	}

	/**
	 * Starts the services and returns when all of them serve, but for those somebody
	 * stopped meanwhile.
	 * @param started what they stand on
	 * @throws LaunchException when one does not come up
	 */
	void startServices(StartedStack started) {
		ServiceDefinitions definitions = new ServiceDefinitions(this.home, this.folder.folder(JARS), this.ports,
				Secrets.in(this.folder.folder("secrets")), started.surroundings());
		definitions.all(started.databases()).forEach((definition) -> this.services.add(supervisor(definition)));
		try (ParallelStart starting = new ParallelStart(this.console, this.clock)) {
			this.services.stream()
				.map((service) -> begin(starting, service))
				.toList()
				.forEach(starting::awaitUnlessStopped);
		}
		this.parts.endStart();
	}

	private <P extends Part> CompletableFuture<P> begin(ParallelStart starting, Port port, String name,
			Supplier<P> part) {
		return begin(starting, port, new StackPart(name, part), part);
	}

	private <T> CompletableFuture<T> begin(ParallelStart starting, Port port, StackPart part, Supplier<T> start) {
		this.parts.put(new PartToCome(part.name(), PartState.STARTING));
		return starting.begin(port.title(), this.ports.address(port), () -> {
			T started = start.get();
			this.parts.put(part);
			return started;
		});
	}

	private CompletableFuture<Supervisor> begin(ParallelStart starting, Supervisor service) {
		Port port = ServiceDefinitions.portOf(service.name());
		return starting.begin(port.title(), this.ports.address(port), () -> {
			start(service);
			return service;
		});
	}

	private void start(Supervisor service) {
		try {
			CompletableFuture<Void> serving = service.begin();
			this.parts.put(service);
			service.awaitServing(serving);
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
