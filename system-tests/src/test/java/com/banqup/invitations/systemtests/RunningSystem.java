package com.banqup.invitations.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import com.banqup.invitations.devstack.host.Ports;
import com.banqup.invitations.devstack.launcher.Launcher;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole system as {@code ./run} starts it, processes and all, on free ports and an
 * empty data folder. It ends with the JVM.
 */
final class RunningSystem {

	private static final Duration UP_WITHIN = Duration.ofSeconds(300);

	private static final Duration ORDER_WITHIN = Duration.ofSeconds(180);

	/** More than the dispatcher may take to stop. */
	private static final Duration DOWN_WITHIN = Duration.ofSeconds(180);

	private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

	private static final int PORTS = 12;

	/** The owner of all databases of local runs, and the password. */
	private static final String DATABASE_USER = "invitations";

	private static final Map<String, String> ENDPOINTS_OF_SERVICES = Map.of("invite-api", "inviteApi",
			"invite-dispatcher", "inviteDispatcher", "acceptance-service", "acceptanceService");

	/**
	 * Makes a killed dispatcher's claims end after 24 s instead of minutes: start-budget
	 * + mail-timeout + record-timeout. The mail-timeout covers the limits of
	 * dispatch.mail, or the dispatcher would not start.
	 */
	private static final Map<String, String> SHORT_CLAIMS = Map.of("DISPATCH_DELIVERY_STARTBUDGET", "1s",
			"DISPATCH_DELIVERY_MAILTIMEOUT", "13s", "DISPATCH_MAIL_MAXWAIT", "1s", "DISPATCH_MAIL_CONNECTTIMEOUT", "3s",
			"DISPATCH_MAIL_SESSIONTIMEOUT", "3s", "DISPATCH_MAIL_READTIMEOUT", "4s", "DISPATCH_MAIL_MESSAGETIMEOUT",
			"4s", "DISPATCH_RETRY_DELAYS", "2s,10s,30s,1m,5m");

	private static final class Holder {

		private static final RunningSystem SYSTEM = start("system", "--no-demo").awaitOutput("Up until Ctrl-C");

	}

	private final Path data;

	private final Path output;

	private final Process launcher;

	private RunningSystem(String name, String... options) {
		this.data = Path.of("target", name).toAbsolutePath();
		this.output = Path.of("target", name + ".log").toAbsolutePath();
		List<String> arguments = new ArrayList<>(List.of(options));
		arguments.addAll(List.of("--fresh", "--port-base", Integer.toString(Ports.free(PORTS)[0])));
		this.launcher = launch(arguments);
	}

	/** The one that tests share, up and without the demo. */
	static RunningSystem shared() {
		return Holder.SYSTEM;
	}

	/** One of the caller's own, not up yet. */
	static RunningSystem start(String name, String... options) {
		RunningSystem system = new RunningSystem(name, options);
		Runtime.getRuntime().addShutdownHook(new Thread(system::end));
		return system;
	}

	/** Returns when the launcher printed this. */
	RunningSystem awaitOutput(String regex) {
		Pattern pattern = Pattern.compile(regex);
		Awaitility.await("\"%s\" in %s".formatted(regex, this.output))
			.atMost(UP_WITHIN)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> {
				if (!this.launcher.isAlive()) {
					throw new AssertionError("the launcher ended: " + output());
				}
				return pattern.matcher(output()).find();
			});
		return this;
	}

	/** What the launcher printed. */
	String output() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path data() {
		return this.data;
	}

	private JsonNode endpoints() {
		try {
			return JsonMapper.shared().readTree(Files.readString(this.data.resolve("endpoints.json")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Process launch(List<String> arguments) {
		try {
			Files.createDirectories(this.output.getParent());
			ProcessBuilder builder = new ProcessBuilder(command(arguments)).redirectErrorStream(true)
				.redirectOutput(this.output.toFile());
			builder.environment().putAll(SHORT_CLAIMS);
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> command(List<String> arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), "-Dlauncher.home=" + HOME,
						"-Dlauncher.script=" + ProcessHandle.current().pid(), Launcher.class.getName()));
		command.addAll(arguments);
		command.addAll(List.of("--data", this.data.toString()));
		return command;
	}

	/** Asks the launcher to stop (SIGTERM) and returns its exit code. */
	int end() {
		this.launcher.destroy();
		try {
			if (!this.launcher.waitFor(DOWN_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
				this.launcher.destroyForcibly();
			}
			return this.launcher.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** The demo Partner Space, as its Administrator. */
	PartnerSpace partnerSpace() {
		return new PartnerSpace(partnerSpaceApi());
	}

	Json partnerSpaceApi() {
		return new Json(url("partnerSpace"), endpoints().required("tokens").required("administrator").asString());
	}

	/** The app in the hands of somebody who is logged in. */
	Json app(String subject, String email) {
		return new Json(url("acceptanceService"), tokenOf(subject, email));
	}

	/** The mails that the clients received. */
	Mailbox mailbox() {
		return new Mailbox(new Json(url("mailInbox"), null), url("acceptanceService"));
	}

	/** The port of the mail relay, on 127.0.0.1. */
	int smtpPort() {
		String address = endpoints().required("smtp").asString();
		return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
	}

	/** A service of the system, by the name of its field in endpoints.json. */
	URI url(String field) {
		return URI.create(endpoints().required(field).asString());
	}

	private String tokenOf(String subject, String email) {
		URI issuer = URI.create(endpoints().required("clientsIssuer").asString());
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
			Path said = this.data.resolveSibling(this.data.getFileName() + "-orders.log");
			Process process = new ProcessBuilder(command(List.of(order, part))).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
				.start();
			if (!process.waitFor(ORDER_WITHIN.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new AssertionError("%s %s: %s, see %s".formatted(order, part, process, said));
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
			String recorded = Files.readString(this.data.resolve("run").resolve(service + ".process"));
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

	/**
	 * The mails that the dispatcher's ledger knows as sent: invitation and generation.
	 */
	Set<String> mailsRecordedAsSent() {
		String database = endpoints().required("databases").required("dispatcher").asString();
		try (Connection connection = DriverManager.getConnection(database, DATABASE_USER, DATABASE_USER);
				Statement statement = connection.createStatement();
				ResultSet sent = statement
					.executeQuery("select invitation_id || '.' || generation from deliveries where state = 'SENT'")) {
			Set<String> mails = new HashSet<>();
			while (sent.next()) {
				mails.add(sent.getString(1));
			}
			return mails;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
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
