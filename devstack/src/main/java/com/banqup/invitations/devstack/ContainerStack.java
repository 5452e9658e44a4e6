package com.banqup.invitations.devstack;

import com.banqup.invitations.devstack.containers.KafkaContainer;
import com.banqup.invitations.devstack.containers.PostgresContainer;
import com.banqup.invitations.devstack.containers.RegistryContainer;
import com.banqup.invitations.devstack.host.DataFolder;

/** The stack with its servers in containers, for tests: closing it removes their data. */
final class ContainerStack extends LazyStack {

	ContainerStack(DataFolder folder, StackPorts ports) {
		super(folder, ports, () -> new KafkaContainer(ports.kafka()), () -> new PostgresContainer(ports.postgres()),
				() -> new RegistryContainer(ports.registry()));
	}

}
