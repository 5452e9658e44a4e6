/**
 * The transactional outbox: records are stored in the transaction that decides them, and
 * a relay publishes them to Kafka afterwards, in order, at least once.
 */
@NullMarked
package com.banqup.invitations.outbox;

import org.jspecify.annotations.NullMarked;
