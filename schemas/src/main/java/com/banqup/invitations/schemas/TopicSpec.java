package com.banqup.invitations.schemas;

import java.util.Map;

/**
 * How a topic is provisioned. Services do not create topics: whoever deploys them does
 * (the development stack, docker-compose, an operator), with these settings.
 *
 * @param name the topic's name
 * @param partitions how many partitions it has; the limit of parallel consumers
 * @param config topic-level configuration by Kafka's names
 */
public record TopicSpec(String name, int partitions, Map<String, String> config) {
}
