package com.banqup.invitations.devstack.demo;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

import com.banqup.invitations.devstack.console.Console;
import com.banqup.invitations.devstack.console.ProgressBar;
import com.banqup.invitations.devstack.demo.PartnerApi.InvitationResult;
import com.banqup.invitations.devstack.demo.PartnerApi.InvitedClient;
import com.banqup.invitations.devstack.demo.PartnerApi.Template;
import com.banqup.invitations.devstack.demo.Summary.Rate;
import com.banqup.invitations.schemas.Permission;

/**
 * Adds the sample's clients to a Partner Space, invites them all, and lets some accept.
 * It looks at what is there first, so that it can be run again after it was interrupted,
 * and waits for services that are being restarted.
 */
public final class Demo {

	private static final String PARTNER_NAME = "Lindenhof & Partners Accountants";

	private static final String MESSAGE = """
			Welkom bij Banqup! Bienvenue sur Banqup ! Willkommen bei Banqup! Welcome to Banqup!

			Lindenhof & Partners""";

	private static final int EXPIRES_IN_DAYS = 30;

	/** What invite-api takes in one request. */
	private static final int INVITATIONS_PER_REQUEST = 1_000;

	private static final int ACCEPTORS = 25;

	private static final int ADDING_AT_ONCE = 8;

	private static final int ACCEPTING_AT_ONCE = 4;

	private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

	/** How long nothing may move before the demo gives up. */
	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final DemoTarget target;

	private final Path samples;

	private final Console console;

	private final InstantSource clock;

	private final HttpClient http;

	private final PartnerApi administrator;

	private final PartnerApi clientManager;

	private final Mailbox mailbox;

	/**
	 * A demo on a running system.
	 * @param samples the file of companies
	 */
	public Demo(DemoTarget target, Path samples, Console console, InstantSource clock) {
		this.target = target;
		this.samples = samples;
		this.console = console;
		this.clock = clock;
		this.http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(Duration.ofSeconds(5))
			.build();
		Retry retry = Retry.within(PATIENCE);
		this.administrator = new PartnerApi(this.http, target.partnerSpace(), target.administratorToken(), retry);
		this.clientManager = new PartnerApi(this.http, target.partnerSpace(), target.clientManagerToken(), retry);
		this.mailbox = new Mailbox(this.http, target.inbox(), target.acceptance(), retry);
	}

	/**
	 * Runs it to its end and prints the result.
	 * @throws DemoException when it cannot be brought to its end
	 */
	public void run() {
		Instant begun = this.clock.instant();
		List<SampleClient> samples = SampleFile.read(this.samples);
		this.administrator.namePartnerSpace(PARTNER_NAME);
		String template = this.administrator.template(
				new Template("New clients", "en", MESSAGE, EXPIRES_IN_DAYS, List.of(Permission.VIEW_DOCUMENTS.code(),
						Permission.MANAGE_DOCUMENTS.code(), Permission.VIEW_PAYMENTS.code())));

		Rate adding = timed(() -> add(samples));
		List<InvitedClient> clients = this.clientManager.clients();
		Rate sending = timed(() -> invite(template, clients));
		Rate accepting = timed(() -> accept(Acceptors.choose(samples, ACCEPTORS), clients));

		print(new Summary(this.clientManager.overview(), this.mailbox.count(), adding, sending, accepting,
				Duration.between(begun, this.clock.instant())));
	}

	private void print(Summary summary) {
		this.console.line("");
		summary.toTable().lines().forEach(this.console::line);
		this.console.line("");
	}

	/** Adds those that are not there yet. */
	private int add(List<SampleClient> samples) {
		Collection<String> present = this.clientManager.clients()
			.stream()
			.flatMap((client) -> client.externalReference().stream())
			.collect(Collectors.toSet());
		List<SampleClient> missing = samples.stream()
			.filter((client) -> !present.contains(client.externalReference()))
			.toList();
		AtomicInteger done = new AtomicInteger(samples.size() - missing.size());
		try (ProgressBar bar = new ProgressBar(this.console, "clients added", samples.size(), this.clock)) {
			bar.update(done.get());
			each(missing, ADDING_AT_ONCE, (client) -> {
				this.clientManager.add(client);
				bar.update(done.incrementAndGet());
				return client;
			});
		}
		return missing.size();
	}

	/**
	 * Invites all that have no invitation yet and waits until the relay took each mail.
	 */
	private int invite(String template, List<InvitedClient> clients) {
		List<String> waiting = clients.stream()
			.filter((client) -> !client.active() && client.invitationId().isEmpty())
			.map(InvitedClient::id)
			.toList();
		int sentBefore = this.clientManager.overview().sent();
		for (int from = 0; from < waiting.size(); from += INVITATIONS_PER_REQUEST) {
			requestInvitations(template,
					waiting.subList(from, Math.min(waiting.size(), from + INVITATIONS_PER_REQUEST)));
		}
		try (ProgressBar bar = new ProgressBar(this.console, "invitation mails sent", clients.size(), this.clock)) {
			awaitSent(bar);
		}
		return this.clientManager.overview().sent() - sentBefore;
	}

	private void requestInvitations(String template, List<String> clientIds) {
		Instant begun = this.clock.instant();
		List<InvitationResult> results = this.clientManager.invite(template, clientIds, UUID.randomUUID().toString());
		Map<String, Long> outcomes = results.stream()
			.collect(Collectors.groupingBy((result) -> result.accepted() ? "accepted" : result.reason(),
					Collectors.counting()));
		this.console.line("  %-26s %s in %d ms, by one request", "invitations requested", outcomes,
				Duration.between(begun, this.clock.instant()).toMillis());
	}

	private void awaitSent(ProgressBar bar) {
		Stillness stillness = new Stillness(PATIENCE, this.clock);
		Overview overview = this.clientManager.overview();
		bar.update(overview.sent());
		while (overview.underWay() > 0) {
			stillness.check("invitation mails sent", overview.sent());
			pause();
			overview = this.clientManager.overview();
			bar.update(overview.sent());
		}
	}

	/**
	 * Lets the clients accept and waits until the partner sees them on the Active tab.
	 */
	private int accept(List<SampleClient> acceptors, List<InvitedClient> clients) {
		Map<String, InvitedClient> byReference = new HashMap<>();
		clients.forEach((client) -> client.externalReference().ifPresent((key) -> byReference.put(key, client)));
		AtomicInteger done = new AtomicInteger();
		int before = (int) acceptors.stream().filter((client) -> isActive(byReference, client)).count();
		try (ProgressBar bar = new ProgressBar(this.console, "clients accepted", acceptors.size(), this.clock)) {
			bar.update(0);
			each(acceptors, ACCEPTING_AT_ONCE, (client) -> {
				accept(client, byReference);
				bar.update(done.incrementAndGet());
				return client;
			});
		}
		try (ProgressBar bar = new ProgressBar(this.console, "clients active", acceptors.size(), this.clock)) {
			awaitActive(bar, acceptors.size());
		}
		return acceptors.size() - before;
	}

	private static boolean isActive(Map<String, InvitedClient> byReference, SampleClient client) {
		InvitedClient invited = byReference.get(client.externalReference());
		return invited != null && invited.active();
	}

	/** One journey; when it breaks, a new one from the link on, as a person would. */
	private void accept(SampleClient sample, Map<String, InvitedClient> byReference) {
		InvitedClient client = byReference.get(sample.externalReference());
		if (client == null) {
			throw new DemoException("client %s is not in the Partner Space".formatted(sample.externalReference()));
		}
		Retry.within(PATIENCE).call("accepting by client " + sample.externalReference(), () -> {
			if (this.clientManager.client(client.id()).active()) {
				return client;
			}
			try {
				new Journey(sample).accept(this.mailbox.linkFor(sample.email()));
				return client;
			}
			catch (DemoException ex) {
				throw new TemporaryFailure(String.valueOf(ex.getMessage()), ex);
			}
		});
	}

	private void awaitActive(ProgressBar bar, int expected) {
		Stillness stillness = new Stillness(PATIENCE, this.clock);
		int active = this.clientManager.overview().active();
		bar.update(active);
		while (active < expected) {
			stillness.check("clients active", active);
			pause();
			active = this.clientManager.overview().active();
			bar.update(active);
		}
	}

	private static void pause() {
		try {
			Thread.sleep(POLL_INTERVAL);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DemoException("stopped", ex);
		}
	}

	/** Does it for each, so many at once; the first failure is thrown. */
	private static <T> void each(List<T> items, int atOnce, Function<T, T> task) {
		try (ExecutorService executor = Executors.newFixedThreadPool(atOnce)) {
			List<Future<T>> results = items.stream()
				.map((item) -> executor.submit((Callable<T>) () -> task.apply(item)))
				.toList();
			try {
				for (Future<T> result : results) {
					result.get();
				}
			}
			catch (ExecutionException ex) {
				executor.shutdownNow();
				throw (ex.getCause() instanceof RuntimeException cause) ? cause
						: new DemoException(String.valueOf(ex.getCause()), ex);
			}
			catch (InterruptedException ex) {
				executor.shutdownNow();
				Thread.currentThread().interrupt();
				throw new DemoException("stopped", ex);
			}
		}
	}

	private Rate timed(IntSupplier task) {
		Instant begun = this.clock.instant();
		int count = task.getAsInt();
		return new Rate(count, Duration.between(begun, this.clock.instant()));
	}

}
