package com.banqup.invitations.devstack.launcher;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OptionsTests {

	private static final Path DEFAULT = Path.of("/srv/data");

	@Test
	void startsEverythingWithTheDemoOnTheStandardPortsUnlessTold() {
		Options options = parse("");

		assertThat(options.command()).isEqualTo(new Command.Up(false, true));
		assertThat(options.data()).isEqualTo(DEFAULT);
		assertThat(options.ports().of(Port.INVITE_API)).isEqualTo(8080);
		assertThat(options.ports().of(Port.POSTGRES)).isEqualTo(5433);
	}

	@Test
	void understandsEveryOption() {
		Options options = parse("--data /tmp/x --fresh --port-base=20000 --no-demo");

		assertThat(options.command()).isEqualTo(new Command.Up(true, false));
		assertThat(options.data()).isEqualTo(Path.of("/tmp/x"));
		assertThat(options.ports().of(Port.INVITE_API)).isEqualTo(20000);
	}

	@Test
	void understandsOrdersToARunningSystem() {
		assertThat(parse("stop kafka").command()).isEqualTo(new Command.StopPart("kafka"));
		assertThat(parse("start --data=/tmp/x kafka").command()).isEqualTo(new Command.StartPart("kafka"));
		assertThat(parse("status").command()).isEqualTo(new Command.Status());
		assertThat(parse("demo").command()).isEqualTo(new Command.Demo());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--bogus                  | unknown option: --bogus
			-x                       | unknown option: -x
			--data                   | --data needs a value
			--data=                  | --data needs a value
			--fresh=yes              | --fresh takes no value
			--port-base eighty       | --port-base: eighty (expected: 1024..65526)
			--port-base 80           | --port-base: 80 (expected: 1024..65526)
			--port-base 65527        | --port-base: 65527 (expected: 1024..65526)
			bogus                    | unknown command: bogus (expected: stop, start, status, demo)
			stop                     | stop takes one part, given: []
			stop kafka smtp          | stop takes one part, given: [kafka, smtp]
			status kafka             | status takes no argument, given: [kafka]
			stop kafka --fresh       | stop takes no option but --data: it concerns a system that is up
			demo --no-demo           | demo takes no option but --data: it concerns a system that is up
			status --port-base 20000 | status takes no option but --data: it concerns a system that is up
			""")
	void saysWhatIsWrongWithACommandLine(String line, String message) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> parse(line)).withMessage(message);
	}

	private static Options parse(String line) {
		return Options.parse(line.isBlank() ? List.of() : List.of(line.split(" ")), DEFAULT);
	}

}
