package com.banqup.invitations.devstack.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import com.banqup.invitations.devstack.host.ChildProcess;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service as it is run here.
 *
 * @param name of the service, its jar and its log
 * @param url where it listens
 * @param jar the executable jar
 * @param heapMegabytes the most heap it may take
 * @param stopPatience how long it may take to stop in order
 * @param properties its configuration, secrets included
 */
record ServiceDefinition(String name, URI url, Path jar, int heapMegabytes, Duration stopPatience,
		Map<String, String> properties) {

	/**
	 * Starts a process. The configuration goes by the environment, which only the
	 * process's owner can read, and wins over other variables of the environment.
	 * @param record the file that remembers the process
	 * @param log takes its output
	 */
	ServiceProcess launch(Path record, Path log) {
		Map<String, String> environment = Map.of("SPRING_APPLICATION_JSON",
				new JsonMapper().writeValueAsString(this.properties));
		return new Life(ChildProcess.start(this.name, command(), environment, record, log));
	}

	private List<String> command() {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		return List.of(java.toString(), "-Xmx" + this.heapMegabytes + "m", "-XX:+UseSerialGC", "-XX:MetaspaceSize=128m",
				"-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1",
				"-Xshare:auto", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar",
				this.jar.toString());
	}

	@Override
	public String toString() {
		return "ServiceDefinition[" + this.name + "]";
	}

	private record Life(ChildProcess process) implements ServiceProcess {

		@Override
		public OptionalInt awaitExit(Duration patience) throws InterruptedException {
			return this.process.awaitExit(patience);
		}

		@Override
		public void stop(Duration patience) {
			this.process.stop(patience);
		}

	}

}
