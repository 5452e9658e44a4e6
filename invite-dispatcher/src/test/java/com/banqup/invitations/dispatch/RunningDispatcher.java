package com.banqup.invitations.dispatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.dispatch.mail.MailGateway;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** The whole service, on the shared stack, with a relay of the test's choice. */
public final class RunningDispatcher implements AutoCloseable {

	private static final String KEY = "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=";

	/**
	 * What waits for more than one answer must get another chance, or say what failed.
	 */
	private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(15);

	private final HttpClient http = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private RunningDispatcher(ConfigurableApplicationContext context) {
		this.context = context;
	}

	public static RunningDispatcher start(Database database, MailGateway gateway, String... properties) {
		Stack stack = Stack.shared();
		List<String> all = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--spring.r2dbc.url=" + database.r2dbcUrl(), "--spring.r2dbc.username=" + database.username(),
				"--spring.r2dbc.password=" + database.password(), "--spring.flyway.url=" + database.jdbcUrl(),
				"--spring.flyway.user=" + database.username(), "--spring.flyway.password=" + database.password(),
				"--spring.kafka.bootstrap-servers=" + stack.kafka().bootstrapServers(),
				"--spring.kafka.properties.schema.registry.url=" + stack.registry().url(),
				"--dispatch.mail.host=127.0.0.1", "--dispatch.mail.port=2525", "--dispatch.mail.starttls=never",
				"--dispatch.mail.from=invitations@banqup.example", "--dispatch.retry.interval=50ms",
				"--dispatch.dead-letters.interval=100ms", "--dispatch.cancelled-batches.interval=50ms",
				"--dispatch.lag.interval=200ms", "--invitation-links.base-url=https://onboarding.example",
				"--invitation-links.current-key=1", "--invitation-links.keys.1=" + KEY, "--logging.level.root=warn",
				"--logging.level.com.banqup=info"));
		all.addAll(Arrays.stream(properties).map((property) -> "--" + property).toList());
		ApplicationContextInitializer<GenericApplicationContext> relay = (context) -> context
			.registerBean("testMailGateway", MailGateway.class, () -> gateway, (bean) -> bean.setPrimary(true));
		return new RunningDispatcher(new SpringApplicationBuilder(InviteDispatcherApplication.class).initializers(relay)
			.run(all.toArray(String[]::new)));
	}

	public <T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	public DatabaseClient database() {
		return this.context.getBean(DatabaseClient.class);
	}

	/** The body of what is answered, whatever its status. */
	public String get(String path) {
		return answer(path).body();
	}

	public int status(String path) {
		return answer(path).statusCode();
	}

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private HttpResponse<String> answer(String path) {
		try {
			return this.http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
				.timeout(ANSWERS_WITHIN)
				.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (HttpTimeoutException ex) {
			throw new AssertionError("no answer to GET %s within %s".formatted(path, ANSWERS_WITHIN), ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** The sum of a metric over all its series whose labels contain this text. */
	public double metric(String name, String labels) {
		return get("/actuator/prometheus").lines()
			.filter((line) -> line.startsWith(name + "{") || line.startsWith(name + " "))
			.filter((line) -> line.contains(labels))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	/**
	 * How many records this service has not settled, without the web server: contexts of
	 * one JVM share its event loops, and the first to close takes them along.
	 */
	public double ownLag() {
		return this.context.getBean(MeterRegistry.class)
			.find("dispatch.consumer.lag.records")
			.tag("group", (group) -> group.startsWith("invite-dispatcher"))
			.gauges()
			.stream()
			.mapToDouble(Gauge::value)
			.sum();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
