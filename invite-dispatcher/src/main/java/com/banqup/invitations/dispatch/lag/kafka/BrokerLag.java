package com.banqup.invitations.dispatch.lag.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import com.banqup.invitations.dispatch.lag.PartitionLag;
import com.banqup.invitations.dispatch.lag.PartitionLag.GroupPartition;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the brokers how far groups are behind, whatever their consumers are doing. What
 * they refuse to tell about one group leaves the others' figures alone; any other failure
 * is the whole sample's. A sample costs five questions, and one small fetch for each
 * first open record that is another than at the last sample. Not safe for use by many
 * threads.
 */
final class BrokerLag {

	private final Admin admin;

	private final Consumer<byte[], byte[]> reader;

	/** Each group's only topic. */
	private final Map<String, String> topicsByGroup;

	private final Duration timeout;

	private final Map<GroupPartition, FirstOpen> firstOpen = new HashMap<>();

	BrokerLag(Admin admin, Consumer<byte[], byte[]> reader, Map<String, String> topicsByGroup, Duration timeout) {
		this.admin = admin;
		this.reader = reader;
		this.topicsByGroup = topicsByGroup;
		this.timeout = timeout;
	}

	/** The lag of every group in every partition of its topic, if that exists. */
	LagSample sample() throws ExecutionException, InterruptedException, TimeoutException {
		Map<String, ApiException> refusals = new HashMap<>();
		Map<String, Set<TopicPartition>> partitions = partitions(refusals);
		Set<TopicPartition> all = partitions.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
		Map<TopicPartition, Long> ends = offsets(all, OffsetSpec.latest());
		Map<GroupPartition, Long> positions = positions(partitions, offsets(all, OffsetSpec.earliest()), refusals);
		Map<GroupPartition, Long> open = new HashMap<>();
		positions.forEach((partition, position) -> {
			if (position < offset(ends, topicPartition(partition))) {
				open.put(partition, position);
			}
		});
		readFirstOpen(open, refusals);
		List<PartitionLag> lags = new ArrayList<>();
		positions.forEach((partition, position) -> {
			long records = Math.max(0, offset(ends, topicPartition(partition)) - position);
			FirstOpen first = this.firstOpen.get(partition);
			lags.add(new PartitionLag(partition, records, (first != null) ? first.at() : null));
		});
		return new LagSample(lags, refusals);
	}

	private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
		return Objects.requireNonNull(offsets.get(partition));
	}

	private static TopicPartition topicPartition(GroupPartition partition) {
		return new TopicPartition(partition.topic(), partition.partition());
	}

	/** What each group reads. */
	private Map<String, Set<TopicPartition>> partitions(Map<String, ApiException> refusals)
			throws ExecutionException, InterruptedException, TimeoutException {
		Map<String, Set<TopicPartition>> partitions = new HashMap<>();
		Map<String, KafkaFuture<TopicDescription>> answers = this.admin
			.describeTopics(Set.copyOf(this.topicsByGroup.values()))
			.topicNameValues();
		for (Map.Entry<String, String> group : this.topicsByGroup.entrySet()) {
			try {
				TopicDescription topic = get(Objects.requireNonNull(answers.get(group.getValue())));
				partitions.put(group.getKey(),
						topic.partitions()
							.stream()
							.map((info) -> new TopicPartition(topic.name(), info.partition()))
							.collect(Collectors.toSet()));
			}
			catch (ExecutionException ex) {
				if (!(ex.getCause() instanceof UnknownTopicOrPartitionException)) {
					refusals.put(group.getKey(), requireRefusal(ex));
				}
			}
		}
		return partitions;
	}

	/** What says something about one group or topic only, and stays so. */
	private static ApiException requireRefusal(ExecutionException failure) throws ExecutionException {
		return switch (failure.getCause()) {
			case AuthorizationException refusal -> refusal;
			case InvalidTopicException refusal -> refusal;
			case InvalidGroupIdException refusal -> refusal;
			case GroupIdNotFoundException refusal -> refusal;
			case null, default -> throw failure;
		};
	}

	/**
	 * Where the groups go on: at what they committed, or at the first record there is.
	 */
	private Map<GroupPartition, Long> positions(Map<String, Set<TopicPartition>> partitions,
			Map<TopicPartition, Long> earliest, Map<String, ApiException> refusals)
			throws ExecutionException, InterruptedException, TimeoutException {
		Map<GroupPartition, Long> positions = new HashMap<>();
		ListConsumerGroupOffsetsResult answers = this.admin.listConsumerGroupOffsets(partitions.keySet()
			.stream()
			.collect(Collectors.toMap((group) -> group, (group) -> new ListConsumerGroupOffsetsSpec())));
		for (Map.Entry<String, Set<TopicPartition>> group : partitions.entrySet()) {
			try {
				Map<TopicPartition, OffsetAndMetadata> committed = get(
						answers.partitionsToOffsetAndMetadata(group.getKey()));
				group.getValue()
					.forEach((partition) -> positions.put(
							new GroupPartition(group.getKey(), partition.topic(), partition.partition()),
							position(committed.get(partition), offset(earliest, partition))));
			}
			catch (ExecutionException ex) {
				refusals.put(group.getKey(), requireRefusal(ex));
			}
		}
		return positions;
	}

	private static long position(@Nullable OffsetAndMetadata committed, long earliest) {
		return (committed != null) ? Math.max(earliest, committed.offset()) : earliest;
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
	private void readFirstOpen(Map<GroupPartition, Long> open, Map<String, ApiException> refusals) {
		this.firstOpen.keySet().retainAll(open.keySet());
		Map<TopicPartition, NavigableMap<Long, Set<GroupPartition>>> unread = new HashMap<>();
		open.forEach((partition, position) -> {
			FirstOpen first = this.firstOpen.get(partition);
			if (first == null || first.position() != position) {
				unread.computeIfAbsent(topicPartition(partition), (same) -> new TreeMap<>())
					.computeIfAbsent(position, (same) -> new HashSet<>())
					.add(partition);
			}
		});
		try {
			read(unread, refusals);
		}
		finally {
			this.reader.unsubscribe();
		}
	}

	private void read(Map<TopicPartition, NavigableMap<Long, Set<GroupPartition>>> unread,
			Map<String, ApiException> refusals) {
		long start = System.nanoTime();
		assign(unread);
		while (!unread.isEmpty() && System.nanoTime() - start < this.timeout.toNanos()) {
			try {
				note(this.reader.poll(Duration.ofMillis(200)), unread);
			}
			catch (TopicAuthorizationException ex) {
				refuse(ex, unread, refusals);
				assign(unread);
			}
		}
	}

	private void assign(Map<TopicPartition, NavigableMap<Long, Set<GroupPartition>>> unread) {
		this.reader.assign(unread.keySet());
		unread.forEach((partition, positions) -> this.reader.seek(partition, positions.firstKey()));
	}

	/** A partition is read from the first of the groups' positions on to the last. */
	private void note(ConsumerRecords<byte[], byte[]> records,
			Map<TopicPartition, NavigableMap<Long, Set<GroupPartition>>> unread) {
		for (TopicPartition partition : records.partitions()) {
			NavigableMap<Long, Set<GroupPartition>> positions = Objects.requireNonNull(unread.get(partition));
			records.records(partition).forEach((record) -> note(record, positions));
			if (positions.isEmpty()) {
				unread.remove(partition);
				this.reader.pause(Set.of(partition));
			}
			else {
				this.reader.seek(partition, positions.firstKey());
			}
		}
	}

	private void note(ConsumerRecord<byte[], byte[]> record, NavigableMap<Long, Set<GroupPartition>> positions) {
		NavigableMap<Long, Set<GroupPartition>> reached = positions.headMap(record.offset(), true);
		reached.forEach((position, partitions) -> partitions.forEach((partition) -> this.firstOpen.put(partition,
				new FirstOpen(position, Instant.ofEpochMilli(record.timestamp())))));
		reached.clear();
	}

	private static void refuse(TopicAuthorizationException refusal,
			Map<TopicPartition, NavigableMap<Long, Set<GroupPartition>>> unread, Map<String, ApiException> refusals) {
		boolean expected = unread.entrySet().removeIf((entry) -> {
			boolean refused = refusal.unauthorizedTopics().contains(entry.getKey().topic());
			if (refused) {
				entry.getValue()
					.values()
					.forEach((partitions) -> partitions
						.forEach((partition) -> refusals.put(partition.group(), refusal)));
			}
			return refused;
		});
		if (!expected) {
			throw refusal;
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
