/** Deliveries and Kafka: requests come in, events go out. */
@NullMarked
package com.banqup.invitations.dispatch.delivery.kafka;

import org.jspecify.annotations.NullMarked;
