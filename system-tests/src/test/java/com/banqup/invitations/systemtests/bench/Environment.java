package com.banqup.invitations.systemtests.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.SpringBootVersion;

/** What figures depend on. */
final class Environment {

	private Environment() {
	}

	/**
	 * Tells it.
	 * @param commit what was measured
	 */
	static Map<String, Object> of(BenchSystem system, BenchOptions options, String commit) {
		Map<String, Object> environment = new LinkedHashMap<>();
		environment.put("commit", commit);
		environment.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		environment.put("cores", Runtime.getRuntime().availableProcessors());
		environment.put("processor", line(Path.of("/proc/cpuinfo"), "model name"));
		environment.put("memory", line(Path.of("/proc/meminfo"), "MemTotal"));
		environment.put("system", "%s %s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version"),
				System.getProperty("os.arch")));
		environment.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
		environment.put("spring boot", SpringBootVersion.getVersion());
		environment.put("file system", fileSystem(options.output()));
		environment.putAll(system.addresses().settings());
		environment.put("kafka acks", "all, one broker");
		environment.put("virtual machine of the services and the baseline",
				String.join(" ", system.virtualMachine("SERVICE")));
		environment.put("virtual machine of Kafka", "-Xmx768m -XX:+UseG1GC, with the identity provider");
		environment.put("relay", "sink on loopback; latency: after the end of each mail");
		environment.put("options", options(options));
		return environment;
	}

	private static Map<String, Object> options(BenchOptions options) {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("cases", options.cases().stream().map(BenchOptions.Case::title).toList());
		values.put("latencies", options.latencies());
		values.put("rounds", options.rounds());
		values.put("rows", options.rows());
		values.put("memoryRows", options.memoryRows());
		values.put("baselineMails", options.baselineMails());
		values.put("singles", options.singles());
		values.put("callers", options.callers());
		values.put("settings", options.settings());
		return values;
	}

	private static String line(Path file, String name) {
		try {
			List<String> lines = Files.readAllLines(file);
			return lines.stream()
				.filter((line) -> line.startsWith(name))
				.map((line) -> line.substring(line.indexOf(':') + 1).trim())
				.findFirst()
				.orElse("unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

	private static String fileSystem(Path folder) {
		try {
			return Files.getFileStore(folder).type();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
