package com.banqup.invitations.devstack;

import com.banqup.invitations.devstack.host.TemporaryFolders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(value = "isChosen", disabledReason = "no Docker engine answers on this machine, or DEVSTACK says embedded")
class ContainerStackIT implements StackContract {

	private @Nullable ContainerStack stack;

	static boolean isChosen() {
		return SharedStack.choose().containers();
	}

	@BeforeAll
	void prepare() {
		this.stack = new ContainerStack(TemporaryFolders.claim("client-invitations-stack"), StackPorts.free());
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
