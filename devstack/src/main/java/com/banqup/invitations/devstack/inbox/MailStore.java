package com.banqup.invitations.devstack.inbox;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.banqup.invitations.devstack.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Mails in a folder, one file each: a line of JSON with the {@link MailSummary}, then the
 * source. A mail that was stored is there after the process was killed.
 */
final class MailStore {

	private static final Logger log = LoggerFactory.getLogger(MailStore.class);

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String SUFFIX = ".mail";

	private final Path folder;

	private final InstantSource clock;

	private final NavigableMap<Long, MailSummary> index = new ConcurrentSkipListMap<>();

	private long last;

	MailStore(Path folder, InstantSource clock) {
		this.folder = folder;
		this.clock = clock;
		load();
	}

	/** Stores a mail; when this returns, it is kept. */
	synchronized MailSummary add(String sender, List<String> recipients, byte[] source) {
		long number = this.last + 1;
		MailSummary summary = MailParser.summary(Long.toString(number), this.clock.instant(), sender, recipients,
				source);
		Path half = this.folder.resolve(number + ".half");
		try {
			ByteArrayOutputStream content = new ByteArrayOutputStream(source.length + 512);
			content.write(JSON.writeValueAsBytes(summary));
			content.write('\n');
			content.write(source);
			Files.write(half, content.toByteArray());
			Files.move(half, file(number), StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.last = number;
		this.index.put(number, summary);
		return summary;
	}

	/** Summaries that match, in order of arrival. */
	Stream<MailSummary> list(Predicate<MailSummary> wanted) {
		return this.index.values().stream().filter(wanted);
	}

	/** The same, newest first. */
	Stream<MailSummary> listNewestFirst(Predicate<MailSummary> wanted) {
		return this.index.descendingMap().values().stream().filter(wanted);
	}

	/** The mail, unless there is none of that id or it was deleted. */
	Optional<Mail> find(String id) {
		return number(id).flatMap((number) -> Optional.ofNullable(this.index.get(number))).flatMap(this::read);
	}

	/** Deletes a mail; false if it is not there. */
	synchronized boolean delete(String id) {
		Optional<Long> number = number(id).filter(this.index::containsKey);
		number.ifPresent(this::remove);
		return number.isPresent();
	}

	/** Deletes all mails. Their ids are not given out again before the next start. */
	synchronized void clear() {
		List.copyOf(this.index.keySet()).forEach(this::remove);
	}

	private void remove(long number) {
		this.index.remove(number);
		try {
			Files.deleteIfExists(file(number));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Optional<Mail> read(MailSummary summary) {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file(Long.parseLong(summary.id()))))) {
			readLine(in);
			return Optional.of(MailParser.parse(summary, in.readAllBytes()));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void load() {
		try (Stream<Path> files = Files.list(this.folder)) {
			files.filter((file) -> file.toString().endsWith(SUFFIX)).forEach(this::load);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.last = this.index.isEmpty() ? 0 : this.index.lastKey();
	}

	private void load(Path file) {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			MailSummary summary = JSON.readValue(readLine(in), MailSummary.class);
			this.index.put(Long.valueOf(summary.id()), summary);
		}
		catch (IOException | JacksonException | NumberFormatException ex) {
			log.warn("{} is not a stored mail: {}", file, ex.getMessage());
		}
	}

	private static String readLine(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream(512);
		for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
			line.write(next);
		}
		return line.toString(StandardCharsets.UTF_8);
	}

	private Path file(long number) {
		return this.folder.resolve(number + SUFFIX);
	}

	private static Optional<Long> number(String id) {
		return id.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(id)) : Optional.empty();
	}

}
