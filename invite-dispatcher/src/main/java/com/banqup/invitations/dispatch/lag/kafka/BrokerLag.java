package com.banqup.invitations.dispatch.lag.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import com.banqup.invitations.dispatch.lag.PartitionLag;
import com.banqup.invitations.dispatch.lag.PartitionLag.GroupPartition;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the brokers how far groups are behind, whatever their consumers are doing. A
 * sample costs five questions, and one small fetch for each partition whose first open
 * record is another than at the last sample. Not safe for use by many threads.
 */
final class BrokerLag {

	private final Admin admin;

	private final Consumer<byte[], byte[]> reader;

	/** Each group's only topic. */
	private final Map<String, String> topicsByGroup;

	private final Duration timeout;

	private final Map<TopicPartition, FirstOpen> firstOpen = new HashMap<>();

	BrokerLag(Admin admin, Consumer<byte[], byte[]> reader, Map<String, String> topicsByGroup, Duration timeout) {
		this.admin = admin;
		this.reader = reader;
		this.topicsByGroup = topicsByGroup;
		this.timeout = timeout;
		if (Set.copyOf(topicsByGroup.values()).size() != topicsByGroup.size()) {
			throw new IllegalArgumentException("topics: %s (expected: one group each)".formatted(topicsByGroup));
		}
	}

	/** The lag of every partition of the topics that exist. */
	List<PartitionLag> sample() throws ExecutionException, InterruptedException, TimeoutException {
		Map<TopicPartition, String> groups = partitions();
		Map<TopicPartition, Long> ends = offsets(groups.keySet(), OffsetSpec.latest());
		Map<TopicPartition, Long> positions = positions(groups.keySet());
		Map<TopicPartition, Long> open = new HashMap<>();
		positions.forEach((partition, position) -> {
			if (position < end(ends, partition)) {
				open.put(partition, position);
			}
		});
		readFirstOpen(open);
		List<PartitionLag> lags = new ArrayList<>();
		groups.forEach((partition, group) -> {
			Long position = open.get(partition);
			long records = (position != null) ? end(ends, partition) - position : 0;
			lags.add(new PartitionLag(new GroupPartition(group, partition.topic(), partition.partition()), records,
					firstOpenAt(partition, position)));
		});
		return lags;
	}

	private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
		return Objects.requireNonNull(ends.get(partition));
	}

	private @Nullable Instant firstOpenAt(TopicPartition partition, @Nullable Long position) {
		FirstOpen first = this.firstOpen.get(partition);
		return (position != null && first != null) ? first.at() : null;
	}

	private Map<TopicPartition, String> partitions() throws ExecutionException, InterruptedException, TimeoutException {
		Map<TopicPartition, String> partitions = new HashMap<>();
		Map<String, KafkaFuture<TopicDescription>> answers = this.admin.describeTopics(this.topicsByGroup.values())
			.topicNameValues();
		for (Map.Entry<String, String> group : this.topicsByGroup.entrySet()) {
			try {
				TopicDescription topic = get(Objects.requireNonNull(answers.get(group.getValue())));
				topic.partitions()
					.forEach((info) -> partitions.put(new TopicPartition(topic.name(), info.partition()),
							group.getKey()));
			}
			catch (ExecutionException ex) {
				if (!(ex.getCause() instanceof UnknownTopicOrPartitionException)) {
					throw ex;
				}
			}
		}
		return partitions;
	}

	/**
	 * Where the groups go on: at what they committed, or at the first record there is.
	 */
	private Map<TopicPartition, Long> positions(Set<TopicPartition> partitions)
			throws ExecutionException, InterruptedException, TimeoutException {
		Map<TopicPartition, Long> positions = offsets(partitions, OffsetSpec.earliest());
		for (Map<TopicPartition, OffsetAndMetadata> committed : committed().values()) {
			committed.forEach((partition, offset) -> {
				if (offset != null) {
					positions.computeIfPresent(partition, (same, earliest) -> Math.max(earliest, offset.offset()));
				}
			});
		}
		return positions;
	}

	private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed()
			throws ExecutionException, InterruptedException, TimeoutException {
		Map<String, ListConsumerGroupOffsetsSpec> specs = this.topicsByGroup.keySet()
			.stream()
			.collect(Collectors.toMap((group) -> group, (group) -> new ListConsumerGroupOffsetsSpec()));
		return get(this.admin.listConsumerGroupOffsets(specs).all());
	}

	private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec spec)
			throws ExecutionException, InterruptedException, TimeoutException {
		Map<TopicPartition, OffsetSpec> specs = partitions.stream()
			.collect(Collectors.toMap((partition) -> partition, (partition) -> spec));
		Map<TopicPartition, ListOffsetsResultInfo> answer = get(this.admin.listOffsets(specs).all());
		return answer.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().offset()));
	}

	private <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
		return future.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * What cannot be read in time keeps the time that is known, and is read next time.
	 */
	private void readFirstOpen(Map<TopicPartition, Long> open) {
		this.firstOpen.keySet().retainAll(open.keySet());
		Map<TopicPartition, Long> unread = new HashMap<>(open);
		unread.entrySet().removeIf((entry) -> {
			FirstOpen first = this.firstOpen.get(entry.getKey());
			return first != null && first.position() == entry.getValue();
		});
		if (unread.isEmpty()) {
			return;
		}
		this.reader.assign(unread.keySet());
		unread.forEach(this.reader::seek);
		long start = System.nanoTime();
		while (!unread.isEmpty() && System.nanoTime() - start < this.timeout.toNanos()) {
			for (ConsumerRecord<byte[], byte[]> record : this.reader.poll(Duration.ofMillis(200))) {
				note(record, unread);
			}
		}
		this.reader.unsubscribe();
	}

	private void note(ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, Long> unread) {
		TopicPartition partition = new TopicPartition(record.topic(), record.partition());
		Long position = unread.remove(partition);
		if (position != null) {
			this.firstOpen.put(partition, new FirstOpen(position, Instant.ofEpochMilli(record.timestamp())));
			this.reader.pause(Set.of(partition));
		}
	}

	/**
	 * The first open record of a partition.
	 *
	 * @param position the group's position
	 * @param at the time of the first record from there
	 */
	private record FirstOpen(long position, Instant at) {
	}

}
