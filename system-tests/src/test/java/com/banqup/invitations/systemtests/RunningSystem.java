package com.banqup.invitations.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.banqup.invitations.devstack.launcher.Launcher;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole system as {@code ./run --no-demo} starts it, processes and all, on free ports
 * and an empty data folder; one for all tests of this JVM. It ends with the JVM.
 */
final class RunningSystem {

	private static final Duration UP_WITHIN = Duration.ofSeconds(300);

	private static final Duration DOWN_WITHIN = Duration.ofSeconds(60);

	private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

	private static final Path DATA = Path.of("target", "system").toAbsolutePath();

	private static final Path OUTPUT = Path.of("target", "system.log").toAbsolutePath();

	private static final Map<String, String> ENDPOINTS_OF_SERVICES = Map.of("invite-api", "inviteApi",
			"invite-dispatcher", "inviteDispatcher", "acceptance-service", "acceptanceService");

	private static final class Holder {

		private static final RunningSystem SYSTEM = start();

	}

	private final JsonNode endpoints;

	private RunningSystem(JsonNode endpoints) {
		this.endpoints = endpoints;
	}

	static RunningSystem shared() {
		return Holder.SYSTEM;
	}

	private static RunningSystem start() {
		Process launcher = launch("--no-demo", "--fresh", "--port-base", Integer.toString(freePorts()));
		Runtime.getRuntime().addShutdownHook(new Thread(() -> end(launcher)));
		Awaitility.await("the system to be up; its output is in " + OUTPUT).atMost(UP_WITHIN).until(() -> {
			if (!launcher.isAlive()) {
				throw new AssertionError("the launcher ended: " + Files.readString(OUTPUT));
			}
			return Files.readString(OUTPUT).contains("Up until Ctrl-C");
		});
		return new RunningSystem(read(DATA.resolve("endpoints.json")));
	}

	private static JsonNode read(Path file) {
		try {
			return JsonMapper.shared().readTree(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Process launch(String... arguments) {
		try {
			Files.createDirectories(OUTPUT.getParent());
			return new ProcessBuilder(command(arguments)).redirectErrorStream(true)
				.redirectOutput(OUTPUT.toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> command(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), "-Dlauncher.home=" + HOME,
						"-Dlauncher.script=" + ProcessHandle.current().pid(), Launcher.class.getName()));
		command.addAll(List.of(arguments));
		command.addAll(List.of("--data", DATA.toString()));
		return command;
	}

	private static void end(Process launcher) {
		launcher.destroy();
		try {
			if (!launcher.waitFor(DOWN_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
				launcher.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * The first of twelve free ports in a row, below those that connections are given.
	 */
	private static int freePorts() {
		Random random = new Random();
		return IntStream.generate(() -> 18_000 + 12 * random.nextInt(1_000))
			.limit(100)
			.filter((base) -> IntStream.range(base, base + 12).allMatch(RunningSystem::isFree))
			.findFirst()
			.orElseThrow();
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress("127.0.0.1", port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** The demo Partner Space, as its Administrator. */
	PartnerSpace partnerSpace() {
		return new PartnerSpace(
				new Json(url("partnerSpace"), this.endpoints.required("tokens").required("administrator").asString()));
	}

	/** The app in the hands of somebody who is logged in. */
	Json app(String subject, String email) {
		return new Json(url("acceptanceService"), tokenOf(subject, email));
	}

	/** The mails that the clients received. */
	Mailbox mailbox() {
		return new Mailbox(new Json(url("mailInbox"), null), url("acceptanceService"));
	}

	/** A service of the system, by the name of its field in endpoints.json. */
	URI url(String field) {
		return URI.create(this.endpoints.required(field).asString());
	}

	private String tokenOf(String subject, String email) {
		URI issuer = URI.create(this.endpoints.required("clientsIssuer").asString());
		return new Json(issuer, null)
			.postForm("/token",
					Map.of("grant_type", "password", "client_id", "banqup-app", "client_secret", "unused", "scope",
							"openid", "username", subject, "password", "unused", "email", email))
			.expect(200)
			.text("access_token");
	}

	/** Stops or starts a part, as {@code ./run stop PART} does. */
	void order(String order, String part) {
		try {
			Process process = new ProcessBuilder(command(order, part)).inheritIO().start();
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new AssertionError("%s %s: %s".formatted(order, part, process));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** The process of a service, as it is now. */
	ProcessHandle processOf(String service) {
		try {
			String recorded = Files.readString(DATA.resolve("run").resolve(service + ".process"));
			return ProcessHandle.of(Long.parseLong(recorded.split(" ")[0])).orElseThrow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Kills a service ({@code kill -9}) and returns when it is gone. */
	void kill(String service) {
		ProcessHandle process = processOf(service);
		process.destroyForcibly();
		process.onExit().join();
	}

	/** Waits until a killed service is started again, by the launcher, and ready. */
	void awaitReady(String service) {
		Json api = new Json(url(Objects.requireNonNull(ENDPOINTS_OF_SERVICES.get(service))), null);
		Awaitility.await(service + " to be ready again")
			.atMost(UP_WITHIN)
			.ignoreExceptions()
			.until(() -> api.get("/actuator/health/readiness").status() == 200);
	}

}
