package com.banqup.invitations.devstack.kafka;

import java.util.Map;

/** How the broker is set up, wherever it runs. */
public final class BrokerSettings {

	private BrokerSettings() {
	}

	/** One node with little memory: Kafka's defaults are for a cluster's machine. */
	public static Map<String, String> small() {
		return Map.ofEntries(Map.entry("process.roles", "broker,controller"), Map.entry("node.id", "1"),
				Map.entry("controller.listener.names", "CONTROLLER"), Map.entry("auto.create.topics.enable", "false"),
				Map.entry("offsets.topic.replication.factor", "1"), Map.entry("offsets.topic.num.partitions", "4"),
				Map.entry("transaction.state.log.replication.factor", "1"),
				Map.entry("transaction.state.log.min.isr", "1"), Map.entry("transaction.state.log.num.partitions", "4"),
				Map.entry("share.coordinator.state.topic.replication.factor", "1"),
				Map.entry("share.coordinator.state.topic.min.isr", "1"),
				Map.entry("share.coordinator.state.topic.num.partitions", "4"),
				Map.entry("group.initial.rebalance.delay.ms", "0"), Map.entry("num.network.threads", "2"),
				Map.entry("num.io.threads", "4"), Map.entry("background.threads", "2"),
				Map.entry("log.cleaner.dedupe.buffer.size", "4194304"), Map.entry("log.segment.bytes", "67108864"),
				Map.entry("log.index.size.max.bytes", "1048576"), Map.entry("queued.max.requests", "100"));
	}

}
