package com.banqup.invitations.systemtests.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.banqup.invitations.devstack.host.ChildProcess;
import com.banqup.invitations.devstack.host.Waiting;
import tools.jackson.databind.JsonNode;

/** The measuring mail relay, {@code src/bench/c/sink.c}, as a process. */
final class Sink implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ChildProcess process;

	private final int smtpPort;

	private final URI control;

	private Sink(ChildProcess process, int smtpPort, int controlPort) {
		this.process = process;
		this.smtpPort = smtpPort;
		this.control = URI.create("http://127.0.0.1:" + controlPort);
	}

	static Sink start(Path program, int smtpPort, int controlPort, Path record, Path log) {
		ChildProcess process = ChildProcess.start("sink",
				List.of(program.toString(), "-p", Integer.toString(smtpPort), "-c", Integer.toString(controlPort)),
				Map.of(), record, log);
		Sink sink = new Sink(process, smtpPort, controlPort);
		try {
			Waiting.until("the mail sink", PATIENCE, () -> {
				process.requireAlive();
				return Optional.of(sink.stats());
			});
		}
		catch (RuntimeException ex) {
			sink.close();
			throw ex;
		}
		return sink;
	}

	int smtpPort() {
		return this.smtpPort;
	}

	long pid() {
		return this.process.pid();
	}

	/** Forgets every mail, and answers to each from now on after so long. */
	void reset(int latencyMillis) {
		get("/latency?ms=" + latencyMillis);
		get("/reset");
	}

	Stats stats() {
		return Stats.of(HttpConnection.once(this.control, "GET", "/stats", null, null).expect(200).json());
	}

	/**
	 * When the first mail to each recipient came, in microseconds since 1970.
	 * @param prefix what the recipients' addresses begin with
	 */
	Map<String, Long> arrivals(String prefix) {
		Map<String, Long> arrivals = new HashMap<>();
		get("/arrivals?prefix=" + prefix).lines().forEach((line) -> {
			String[] words = line.split(" ");
			arrivals.put(words[0], Long.parseLong(words[1]));
		});
		return arrivals;
	}

	/** The last mail, as it came. */
	String lastMail() {
		return get("/last");
	}

	private String get(String path) {
		return HttpConnection.once(this.control, "GET", path, null, null).expect(200).text();
	}

	@Override
	public void close() {
		this.process.stop(PATIENCE);
	}

	/**
	 * What came since the last reset.
	 *
	 * @param mails how many
	 * @param recipients how many different recipients
	 * @param messageIds how many different Message-IDs
	 * @param repeated how many mails had the Message-ID of an earlier one
	 * @param otherMessageIds how many mails had another Message-ID than the first one to
	 * their recipient
	 * @param underWay how many mails are not answered yet
	 * @param bytes of all mails
	 * @param connections that are open
	 * @param mostConnections at a time
	 * @param lastMicros when the last one came, in microseconds since 1970
	 */
	record Stats(long mails, long recipients, long messageIds, long repeated, long otherMessageIds, long underWay,
			long bytes, long connections, long mostConnections, long lastMicros) {

		private static Stats of(JsonNode stats) {
			return new Stats(number(stats, "mails"), number(stats, "recipients"), number(stats, "messageIds"),
					number(stats, "repeatedMessageIds"), number(stats, "otherMessageIds"), number(stats, "underWay"),
					number(stats, "bytes"), number(stats, "open"), number(stats, "mostOpen"),
					number(stats, "lastMicros"));
		}

		private static long number(JsonNode stats, String name) {
			return stats.required(name).asLong();
		}

	}

}
