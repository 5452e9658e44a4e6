package com.banqup.invitations.devstack.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ImageTests {

	@ParameterizedTest
	@EnumSource
	void isTheOneOfTheComposeFile(Image image) throws IOException {
		List<String> composed = Files.readAllLines(Path.of("../docker-compose.yml"))
			.stream()
			.map(String::strip)
			.filter((line) -> line.startsWith("image: " + image.repository() + ":"))
			.toList();

		assertThat(composed).isNotEmpty().containsOnly("image: " + image.reference());
	}

}
