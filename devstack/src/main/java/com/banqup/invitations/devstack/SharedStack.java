package com.banqup.invitations.devstack;

import com.banqup.invitations.devstack.host.DataFolder;
import com.banqup.invitations.devstack.host.TemporaryFolders;

/** Holds the stack that the tests of this JVM share. */
final class SharedStack {

	private SharedStack() {
	}

	static Stack get() {
		return Holder.STACK;
	}

	private static Stack create() {
		DataFolder folder = TemporaryFolders.claim("banqup-devstack");
		Stack stack = EmbeddedStack.builder().data(folder).ports(StackPorts.free()).durable(false).build();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			stack.close();
			folder.delete();
		}, "devstack-shutdown"));
		return stack;
	}

	private static final class Holder {

		static final Stack STACK = create();

	}

}
