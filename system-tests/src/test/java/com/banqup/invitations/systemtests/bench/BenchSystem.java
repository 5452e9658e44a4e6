package com.banqup.invitations.systemtests.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.EmbeddedStack;
import com.banqup.invitations.devstack.host.ChildProcess;
import com.banqup.invitations.devstack.host.DataFolder;
import com.banqup.invitations.devstack.host.Ports;
import com.banqup.invitations.devstack.host.Waiting;
import com.banqup.invitations.systemtests.bench.baseline.BaselineApplication;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that is measured, as processes of its own on free ports and an empty data
 * folder, which is deleted in the end: the stack, the services, the baseline, the sink.
 */
final class BenchSystem implements AutoCloseable {

	static final List<String> SERVICES = List.of("invite-api", "invite-dispatcher", "acceptance-service");

	static final String BASELINE = "baseline";

	/** Three services, the baseline, the sink's two, the stack's seven. */
	private static final int PORTS = 13;

	private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

	/** The dispatcher first brings to an end what it has begun. */
	private static final Duration DISPATCHER_STOP_PATIENCE = Duration.ofSeconds(60);

	private final Path home;

	private final BenchOptions options;

	private final Instant end;

	private final DataFolder folder;

	private final int[] ports = Ports.free(PORTS);

	private final Map<String, ServiceLaunch> launches = new LinkedHashMap<>();

	private final Map<String, ChildProcess> processes = new LinkedHashMap<>();

	private final Queue<Addresses.Administrator> administrators = new ArrayDeque<>();

	private @Nullable ChildProcess stack;

	private @Nullable Sink sink;

	private @Nullable Addresses addresses;

	/**
	 * A system that is not started yet.
	 * @param home the folder of the sources, with what the build made
	 * @param folder for all data; emptied
	 * @param end after which nobody waits for a start
	 */
	BenchSystem(Path home, Path folder, BenchOptions options, Instant end) {
		this.home = home;
		this.end = end;
		this.options = options;
		this.folder = DataFolder.lock(folder);
		endLeftovers();
		for (String data : List.of("stack", "logs", "run", "jars")) {
			DataFolder.delete(folder.resolve(data));
		}
	}

	/** Ends what a killed run left behind, and nothing else. */
	private void endLeftovers() {
		for (String name : List.of("invite-api", "invite-dispatcher", "acceptance-service", BASELINE, "sink",
				"stack")) {
			ChildProcess.endRecorded(name, record(name));
		}
		EmbeddedStack.endLeftovers(this.folder.folder("stack"));
	}

	/**
	 * Starts everything and returns when all of it serves.
	 * @param sinkProgram the compiled sink
	 */
	void start(Path sinkProgram) {
		this.addresses = startStack();
		this.administrators.addAll(this.addresses.administrators());
		this.sink = Sink.start(sinkProgram, this.ports[4], this.ports[5], record("sink"), log("sink"));
		define(this.addresses);
		startServices();
	}

	private Addresses startStack() {
		Path file = this.folder.path().resolve("addresses.json");
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx768m", "-XX:+UseG1GC",
						"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
						"-D%s=%s".formatted(BenchStack.STATEMENTS, this.options.statements()), "-cp",
						System.getProperty("java.class.path"), BenchStack.class.getName(),
						this.folder.folder("stack").toString(), file.toString()));
		for (int i = 6; i < PORTS; i++) {
			command.add(Integer.toString(this.ports[i]));
		}
		ChildProcess process = ChildProcess.start("stack", command, Map.of(), record("stack"), log("stack"));
		this.stack = process;
		return Waiting.until("the stack", patience(), () -> {
			process.requireAlive();
			return Files.exists(file) ? Optional.of(JsonMapper.shared().readValue(file.toFile(), Addresses.class))
					: Optional.empty();
		});
	}

	private void define(Addresses at) {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		Map<String, String> links = Map.of("invitation-links.base-url", "http://127.0.0.1:" + this.ports[2],
				"invitation-links.current-key", "1", "invitation-links.keys.1",
				Base64.getEncoder().encodeToString(key));
		put(service("invite-api", 0, at, at.inviteApi(),
				Map.of("spring.security.oauth2.resourceserver.jwt.issuer-uri", at.partnersIssuer())));
		put(service("invite-dispatcher", 1, at, at.dispatcher(), links)
			.with(Map.of("dispatch.mail.host", "127.0.0.1", "dispatch.mail.port", Integer.toString(this.ports[4]),
					"dispatch.mail.starttls", "never", "dispatch.mail.from", "invitations@banqup.example")));
		put(service("acceptance-service", 2, at, at.acceptance(), links)
			.with(Map.of("spring.security.oauth2.client.registration.banqup.client-id", "acceptance-service",
					"spring.security.oauth2.client.registration.banqup.client-secret", "not used here",
					"spring.security.oauth2.client.provider.banqup.issuer-uri", at.clientsIssuer(),
					"spring.security.oauth2.resourceserver.jwt.issuer-uri", at.clientsIssuer())));
		if (this.options.measures(BenchOptions.Case.BASELINE)) {
			put(new ServiceLaunch(BASELINE, this.ports[3],
					List.of("-cp", System.getProperty("java.class.path"), BaselineApplication.class.getName()),
					"/ready",
					Map.of("server.address", "127.0.0.1", "server.port", Integer.toString(this.ports[3]),
							"spring.kafka.bootstrap-servers", at.bootstrapServers(), "spring.mail.host", "127.0.0.1",
							"spring.mail.port", Integer.toString(this.ports[4]))));
		}
	}

	private void put(ServiceLaunch launch) {
		this.launches.put(launch.name(), launch.with(this.options.settings().getOrDefault(launch.name(), Map.of())));
	}

	private ServiceLaunch service(String name, int port, Addresses at, Database database, Map<String, String> more) {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("server.address", "127.0.0.1");
		properties.put("server.port", Integer.toString(this.ports[port]));
		properties.put("spring.r2dbc.url", database.r2dbcUrl());
		properties.put("spring.r2dbc.username", database.username());
		properties.put("spring.r2dbc.password", database.password());
		properties.put("spring.flyway.url", database.jdbcUrl());
		properties.put("spring.flyway.user", database.username());
		properties.put("spring.flyway.password", database.password());
		properties.put("spring.kafka.bootstrap-servers", at.bootstrapServers());
		properties.put("spring.kafka.properties.schema.registry.url", at.registryUrl());
		properties.putAll(more);
		return new ServiceLaunch(name, this.ports[port], List.of("-jar", copyOfJar(name).toString()),
				"/actuator/health/readiness", properties);
	}

	/** A build may replace the original while the service is up. */
	private Path copyOfJar(String name) {
		Path jar = this.home.resolve(name).resolve("target").resolve(name + ".jar");
		try {
			return Files.copy(jar, this.folder.folder("jars").resolve(name + ".jar"),
					StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new BenchFailure("%s cannot be copied: %s".formatted(jar, ex), ex);
		}
	}

	private void startServices() {
		this.launches.forEach((name, launch) -> this.processes.put(name,
				launch.start(virtualMachine(name), record(name), log(name))));
		this.launches.forEach((name, launch) -> launch.await(process(name), patience()));
	}

	private Duration patience() {
		return Duration.between(Instant.now(), this.end);
	}

	/** What the services' containers run with, but for the way the heap is stated. */
	List<String> virtualMachine(String name) {
		String heap = this.options.heapMegabytes() + "m";
		List<String> options = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+UseSerialGC",
				"-XX:NewRatio=1", "-XX:SurvivorRatio=4", "-XX:MetaspaceSize=128m", "-XX:SweeperThreshold=50",
				"-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED",
				"--sun-misc-unsafe-memory-access=allow"));
		if (this.options.recording()) {
			options.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
					+ this.options.output().resolve(name + ".jfr").toAbsolutePath());
		}
		return options;
	}

	/** The services anew, with memory that nothing has used yet. */
	void restartServices() {
		stopServices();
		startServices();
	}

	/** A number that a service is set to, or the one that it has by itself. */
	int setting(String service, String property, int standard) {
		String set = require(this.launches.get(service)).properties().get(property);
		return (set != null) ? Integer.parseInt(set) : standard;
	}

	/** Kills a service ({@code kill -9}) and returns when it is gone. */
	void kill(String service) {
		process(service).stop(ProcessHandle::destroyForcibly, STOP_PATIENCE);
	}

	/** Starts a service that was killed and returns when it serves. */
	void startAgain(String service) {
		ServiceLaunch launch = require(this.launches.get(service));
		this.processes.put(service, launch.start(virtualMachine(service), record(service), log(service)));
		launch.await(process(service), patience());
	}

	Addresses addresses() {
		return require(this.addresses);
	}

	/** What PostgreSQL has kept of its statements; only if asked for at the start. */
	StatementTimes statementTimes() {
		return new StatementTimes(addresses().inviteApi());
	}

	Sink sink() {
		return require(this.sink);
	}

	URI url(String service) {
		return require(this.launches.get(service)).url();
	}

	/** A Partner Space that nobody has used yet, with a name and a template. */
	PartnerSpace newPartnerSpace() {
		return PartnerSpace.create(url("invite-api"), require(this.administrators.poll()));
	}

	private ChildProcess process(String name) {
		return require(this.processes.get(name));
	}

	/** Forgets how much memory the services have had. */
	void forgetPeaks() {
		this.processes.values().forEach((process) -> ProcessUsage.forgetPeak(process.pid()));
	}

	/** The most memory of each service since then, in bytes. */
	Map<String, Long> peaks() {
		Map<String, Long> peaks = new LinkedHashMap<>();
		this.processes.forEach((name, process) -> peaks.put(name, ProcessUsage.peakMemory(process.pid())));
		return peaks;
	}

	/** The processor time so far of everything that takes part, and of the rest. */
	CpuTimes cpu() {
		Map<String, Supplier<Duration>> parts = new LinkedHashMap<>();
		this.processes.forEach((name, process) -> parts.put(name, () -> ProcessUsage.cpu(process.pid())));
		parts.put("kafka", () -> ProcessUsage.cpu(require(this.stack).pid()));
		parts.put("postgresql", () -> childOfStack("postgres"));
		parts.put("registry", () -> childOfStack("registry"));
		parts.put("sink", () -> ProcessUsage.cpu(sink().pid()));
		parts.put(CpuTimes.BENCH, () -> ProcessUsage.cpu(ProcessHandle.current().pid()));
		Map<String, Duration> times = new LinkedHashMap<>();
		parts.forEach((name, time) -> times.put(name, time.get()));
		return CpuTimes.of(times, ProcessUsage.cpuOfAll());
	}

	private Duration childOfStack(String name) {
		return ChildProcess.recorded(this.folder.path().resolve("stack").resolve(name).resolve("process"))
			.map(ProcessUsage::cpuWithChildren)
			.orElse(Duration.ZERO);
	}

	private Path record(String name) {
		return this.folder.folder("run").resolve(name + ".process");
	}

	private Path log(String name) {
		return this.folder.folder("logs").resolve(name + ".log");
	}

	private static <T> T require(@Nullable T part) {
		if (part == null) {
			throw new IllegalStateException("not started, or used up");
		}
		return part;
	}

	private void stopServices() {
		List<Thread> stopping = this.processes.entrySet()
			.stream()
			.map((entry) -> Thread.ofVirtual()
				.start(() -> entry.getValue()
					.stop(entry.getKey().equals("invite-dispatcher") ? DISPATCHER_STOP_PATIENCE : STOP_PATIENCE)))
			.toList();
		try {
			for (Thread thread : stopping) {
				thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.processes.clear();
	}

	/** Stops everything, whether or not it was started, and deletes the data. */
	@Override
	public void close() {
		stopServices();
		if (this.sink != null) {
			this.sink.close();
		}
		if (this.stack != null) {
			this.stack.stop(STOP_PATIENCE);
		}
		for (String data : List.of("stack", "run", "jars", "addresses.json")) {
			DataFolder.delete(this.folder.path().resolve(data));
		}
		this.folder.close();
	}

}
