package com.banqup.invitations.devstack.demo;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
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
		watch("invitation mails sent", clients.size(), () -> {
			Overview overview = this.clientManager.overview();
			return new Progress(overview.sent(), overview.underWay() == 0);
		});
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

	/** Shows how a number grows until nothing is missing. */
	private void watch(String title, int total, Supplier<Progress> progress) {
		Stillness stillness = new Stillness(PATIENCE, this.clock);
		try (ProgressBar bar = new ProgressBar(this.console, title, total, this.clock)) {
			Progress now = progress.get();
			bar.update(now.done());
			while (!now.complete()) {
				stillness.check(title, now.done());
				pause();
				now = progress.get();
				bar.update(now.done());
			}
		}
	}

	/**
	 * Lets the clients accept and waits until the partner sees them on the Active tab.
	 */
	private int accept(List<SampleClient> samples, List<InvitedClient> clients) {
		List<Invitee> invitees = samples.stream().map((sample) -> Invitee.of(sample, clients)).toList();
		AtomicInteger done = new AtomicInteger();
		try (ProgressBar bar = new ProgressBar(this.console, "clients accepted", invitees.size(), this.clock)) {
			bar.update(0);
			each(invitees, ACCEPTING_AT_ONCE, (invitee) -> {
				accept(invitee);
				bar.update(done.incrementAndGet());
			});
		}
		watch("clients active", invitees.size(), () -> {
			Collection<String> active = this.clientManager.activeClients();
			int count = (int) invitees.stream().filter((invitee) -> active.contains(invitee.client().id())).count();
			return new Progress(count, count == invitees.size());
		});
		return (int) invitees.stream().filter((invitee) -> !invitee.client().active()).count();
	}

	/** One journey; when it breaks, a new one from the link on, as a person would. */
	private void accept(Invitee invitee) {
		SampleClient sample = invitee.sample();
		Retry.within(PATIENCE).call("accepting by client " + sample.externalReference(), () -> {
			if (this.clientManager.client(invitee.client().id()).active()) {
				return invitee;
			}
			try {
				new Journey(sample).accept(this.mailbox.linkFor(sample.email()));
				return invitee;
			}
			catch (DemoException ex) {
				throw new TemporaryFailure(String.valueOf(ex.getMessage()), ex);
			}
		});
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
	private static <T> void each(List<T> items, int atOnce, Consumer<T> task) {
		try (ExecutorService executor = Executors.newFixedThreadPool(atOnce)) {
			List<? extends Future<?>> results = items.stream()
				.map((item) -> executor.submit(() -> task.accept(item)))
				.toList();
			try {
				for (Future<?> result : results) {
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

	/**
	 * How far something is that takes its time.
	 *
	 * @param complete whether nothing is missing
	 */
	private record Progress(int done, boolean complete) {
	}

	/**
	 * A client of the sample as the Partner Space knows it.
	 */
	private record Invitee(SampleClient sample, InvitedClient client) {

		static Invitee of(SampleClient sample, List<InvitedClient> clients) {
			return clients.stream()
				.filter((client) -> client.externalReference().filter(sample.externalReference()::equals).isPresent())
				.findFirst()
				.map((client) -> new Invitee(sample, client))
				.orElseThrow(() -> new DemoException(
						"client %s is not in the Partner Space".formatted(sample.externalReference())));
		}

	}

}
