package com.banqup.invitations.devstack;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import com.banqup.invitations.devstack.host.DataFolder;
import com.banqup.invitations.devstack.kafka.EmbeddedKafka;
import com.banqup.invitations.devstack.postgres.EmbeddedPostgres;
import com.banqup.invitations.devstack.registry.EmbeddedRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The stack in this process and child processes of it, with its data in one folder that
 * nobody else may use meanwhile. Needs no Docker, no root and no installed server.
 */
public final class EmbeddedStack extends LazyStack {

	private EmbeddedStack(DataFolder folder, @Nullable Path logFolder, StackPorts ports, boolean durable,
			Map<String, String> postgresSettings) {
		Path logs = (logFolder != null) ? logFolder : folder.folder("logs");
		super(folder, ports, () -> new EmbeddedKafka(folder.folder("kafka"), ports.kafka(), ports.kafkaController()),
				() -> new EmbeddedPostgres(folder.folder("postgres"), logs.resolve("postgresql.log"), ports.postgres(),
						durable, postgresSettings),
				() -> new EmbeddedRegistry(folder.folder("registry"), logs.resolve("registry.log"), ports.registry()));
	}

	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Ends processes of a stack that was killed. Nobody may hold the folder.
	 * @param data the stack's folder
	 */
	public static void endLeftovers(Path data) {
		try (DataFolder folder = DataFolder.lock(data)) {
			EmbeddedRegistry.endLeftovers(folder.folder("registry"));
			EmbeddedPostgres.endLeftovers(folder.folder("postgres"));
		}
	}

	/** Describes a stack; {@link #build()} takes the folder and starts nothing yet. */
	public static final class Builder {

		private @Nullable Path data;

		private @Nullable DataFolder folder;

		private @Nullable Path logs;

		private StackPorts ports = StackPorts.standard();

		private boolean durable = true;

		private final Map<String, String> postgresSettings = new TreeMap<>();

		private Builder() {
		}

		/** Where the data is, or will be. It survives restarts. */
		public Builder data(Path folder) {
			this.data = folder;
			return this;
		}

		/** A folder whose lock is already taken. */
		Builder data(DataFolder folder) {
			this.folder = folder;
			return this;
		}

		/** Where the child processes' logs go: a folder within the data, unless told. */
		public Builder logs(Path folder) {
			this.logs = folder;
			return this;
		}

		/** {@link StackPorts#standard()} unless told otherwise. */
		public Builder ports(StackPorts ports) {
			this.ports = ports;
			return this;
		}

		/** Whether commits survive a power cut: yes, unless the data is thrown away. */
		public Builder durable(boolean durable) {
			this.durable = durable;
			return this;
		}

		/** A setting of PostgreSQL that counts instead of the stack's own. */
		public Builder postgresSetting(String name, String value) {
			this.postgresSettings.put(name, value);
			return this;
		}

		/**
		 * Takes the folder.
		 * @throws IllegalStateException if another stack holds it
		 */
		public EmbeddedStack build() {
			DataFolder claimed = this.folder;
			if (claimed == null) {
				if (this.data == null) {
					throw new IllegalStateException("data: none (expected: a folder)");
				}
				claimed = DataFolder.lock(this.data);
			}
			return new EmbeddedStack(claimed, this.logs, this.ports, this.durable, Map.copyOf(this.postgresSettings));
		}

	}

}
