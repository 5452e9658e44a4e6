package com.banqup.invitations.devstack;

import com.banqup.invitations.devstack.containers.DockerEngine;
import com.banqup.invitations.devstack.host.TemporaryFolders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerStackIT implements StackContract {

	private @Nullable ContainerStack stack;

	@BeforeAll
	void requireAnEngine() {
		Assumptions.assumeTrue(DockerEngine.answers(), "no Docker engine answers on this machine");
		this.stack = new ContainerStack(TemporaryFolders.claim("banqup-devstack"), StackPorts.free());
	}

	@Override
	public Stack stack() {
		ContainerStack present = this.stack;
		if (present == null) {
			throw new IllegalStateException("no stack");
		}
		return present;
	}

	@AfterAll
	void stop() {
		if (this.stack != null) {
			this.stack.close();
		}
	}

}
