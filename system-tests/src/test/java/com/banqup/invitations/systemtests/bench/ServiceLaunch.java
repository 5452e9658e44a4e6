package com.banqup.invitations.systemtests.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.banqup.invitations.devstack.host.ChildProcess;
import com.banqup.invitations.devstack.host.Waiting;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Java service, as the benchmark starts it.
 *
 * @param name of the service
 * @param port on 127.0.0.1
 * @param program what {@code java} runs: options and a main class, or a jar
 * @param readiness the path that answers 200 when the service serves
 * @param properties its configuration
 */
record ServiceLaunch(String name, int port, List<String> program, String readiness, Map<String, String> properties) {

	URI url() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	/** The same with some properties more, or others. */
	ServiceLaunch with(Map<String, String> settings) {
		Map<String, String> merged = new LinkedHashMap<>(this.properties);
		merged.putAll(settings);
		return new ServiceLaunch(this.name, this.port, this.program, this.readiness, merged);
	}

	/**
	 * Starts a process.
	 * @param options of the virtual machine
	 * @param record the file that remembers the process
	 * @param log takes its output
	 */
	ChildProcess start(List<String> options, Path record, Path log) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(this.program);
		return ChildProcess.start(this.name, command,
				Map.of("SPRING_APPLICATION_JSON", JsonMapper.shared().writeValueAsString(this.properties)), record,
				log);
	}

	/** Returns when the service serves, or fails after the patience. */
	void await(ChildProcess process, Duration patience) {
		Waiting.until(this.name, patience, () -> {
			process.requireAlive();
			return Optional.of(HttpConnection.once(url(), "GET", this.readiness, null, null))
				.filter((answer) -> answer.status() == 200);
		});
	}

}
