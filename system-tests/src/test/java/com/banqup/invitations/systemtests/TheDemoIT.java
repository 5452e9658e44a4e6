package com.banqup.invitations.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.banqup.invitations.devstack.host.ChildProcess;
import com.banqup.invitations.devstack.host.DataFolder;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What {@code ./run} does on an empty data folder, with every service killed once
 * meanwhile.
 */
class TheDemoIT {

	private final RunningSystem system = RunningSystem.start("demo");

	@Test
	void comesToItsEndThoughEachServiceIsKilledOnceAndStopsWithoutATrace() throws IOException {
		killWhen("clients added .* [1-9]\\d*/1000", "invite-api");
		killWhen("invitation mails sent .* [1-9]\\d*/1000", "invite-dispatcher");
		killWhen("clients accepted .* [1-9]\\d*/25", "acceptance-service");
		this.system.awaitOutput("acceptance-service is back");
		this.system.awaitOutput("Up until Ctrl-C");

		assertThat(this.system.output()).doesNotContain("did not come to its end")
			.contains("invite-api died (killed by signal 9)", "invite-dispatcher died (killed by signal 9)",
					"acceptance-service died (killed by signal 9)")
			.containsPattern("\\| inactive +\\| +975 ")
			.containsPattern("\\| active +\\| +25 ")
			.containsPattern("\\| sent +\\| +1000 ");
		assertThatAllWereInvitedAndSomeAccepted();

		List<ProcessHandle> processes = records().stream()
			.map((file) -> ChildProcess.recorded(file).orElseThrow())
			.toList();
		assertThat(processes).as("three services, PostgreSQL, the registry").hasSize(5);
		assertThat(this.system.end()).as("exit code").isZero();
		assertThat(processes).noneMatch(ProcessHandle::isAlive);
		assertThat(records()).isEmpty();
		assertThatNoException().isThrownBy(() -> DataFolder.lock(this.system.data()).close());
	}

	private void killWhen(String printed, String service) {
		this.system.awaitOutput(printed);
		this.system.kill(service);
	}

	private void assertThatAllWereInvitedAndSomeAccepted() {
		JsonNode overview = this.system.partnerSpaceApi().get("/overview").expect(200).body();
		assertThat(overview.at("/clients/inactive").asInt()).isEqualTo(975);
		assertThat(overview.at("/clients/active").asInt()).isEqualTo(25);
		assertThat(overview.at("/invitations/ACCEPTED").asInt()).isEqualTo(25);
		assertThat(overview.at("/deliveries/SENT").asInt()).isEqualTo(1000);
		Mailbox mailbox = this.system.mailbox();
		List<JsonNode> mails = mailbox.mails();
		assertThat(mails).as("mails; a killed dispatcher may send again what its open batches had sent")
			.hasSizeLessThanOrEqualTo(1000 + 2 * 200 + 100);
		assertThat(mails.stream().map(mailbox::messageIdOf).distinct()).hasSize(1000);
	}

	/** The files that remember the processes that the launcher started. */
	private List<Path> records() throws IOException {
		try (Stream<Path> files = Files.walk(this.system.data(), 3)) {
			return files.filter((file) -> file.toString().endsWith("process")).toList();
		}
	}

}
