#!/usr/bin/env bash
# Provisions the topics and waits until each partition has a leader; run by whoever deploys. The services never create topics. Idempotent.
# usage: create-topics.sh BOOTSTRAP_SERVERS      REPLICATION=3 for a real cluster
set -euo pipefail
servers=$1
replication=${REPLICATION:-1}

# What is acknowledged must stand on a second machine: the outbox forgets it then.
in_sync=$((replication > 1 ? 2 : 1))

day=$((24 * 60 * 60 * 1000))

topic() { # topic NAME PARTITIONS RETENTION_DAYS: the numbers stand in schemas/…/Topics.java too, and a test compares them
	/opt/kafka/bin/kafka-topics.sh --bootstrap-server "$servers" --create --if-not-exists --topic "$1" \
		--partitions "$2" --replication-factor "$replication" --config "min.insync.replicas=$in_sync" \
		--config cleanup.policy=delete --config "retention.ms=$(($3 * day))"
}

topic invitation-requests 12 7
topic invitation-requests-bulk 12 7
topic invitation-requests.DLT 3 30
topic onboarding-events 12 365

# Producing in the instant before the leaders are known starts a storm of retries.
for _ in $(seq 60); do
	leaderless=$(/opt/kafka/bin/kafka-topics.sh --bootstrap-server "$servers" --describe --unavailable-partitions)
	[ -n "$leaderless" ] || exit 0
	sleep 1
done
echo "some partitions have no leader:" >&2
echo "$leaderless" >&2
exit 1
