package com.banqup.invitations.systemtests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The script in a folder in which there is nothing to build. */
@Timeout(60)
class BenchScriptIT {

	@TempDir
	private Path home;

	@BeforeEach
	void copyScripts() throws IOException {
		for (String script : List.of("bench", "run")) {
			Files.copy(Path.of("..", script), this.home.resolve(script));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			foo                   | unknown argument: foo
			--rows 500 foo        | unknown argument: foo
			--rows=500 --jfr foo  | unknown argument: foo
			--jfr=1               | unknown option: --jfr=1
			--row 5               | unknown option: --row
			--rounds 1 --minutes  | --minutes needs a value
			""")
	void refusesWhatItCannotUnderstandBeforeItBuilds(String arguments, String problem) throws Exception {
		Process script = run(arguments.split(" "));

		assertThat(script.inputReader().readLine()).isNull();
		assertThat(script.errorReader().readLine()).isEqualTo("./bench: " + problem + "; see ./bench --help");
		assertThat(script.waitFor()).isEqualTo(2);
	}

	@Test
	void helpsWithoutABuild() throws Exception {
		Process script = run("--rows", "500", "--help");

		assertThat(script.inputReader().readLine()).startsWith("Usage: ./bench");
		assertThat(script.waitFor()).isZero();
	}

	private Process run(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("bash", this.home.resolve("bench").toString()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).start();
	}

}
