package com.banqup.invitations.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProvisioningScriptTests {

	@Test
	void theScriptProvisionsTheTopicsAsStatedHere() throws IOException {
		List<String> calls = Files.readAllLines(Path.of("../ops/kafka/create-topics.sh"))
			.stream()
			.filter((line) -> line.startsWith("topic "))
			.toList();

		assertThat(calls)
			.containsExactlyElementsOf(Topics.all().stream().map(ProvisioningScriptTests::asCall).toList());
	}

	private static String asCall(TopicSpec topic) {
		long days = Duration.ofMillis(Long.parseLong(topic.config().get("retention.ms"))).toDays();
		return "topic %s %d %d".formatted(topic.name(), topic.partitions(), days);
	}

}
