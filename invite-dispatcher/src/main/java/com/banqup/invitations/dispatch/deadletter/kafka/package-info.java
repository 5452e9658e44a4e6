/** Dead letters and Kafka. */
@NullMarked
package com.banqup.invitations.dispatch.deadletter.kafka;

import org.jspecify.annotations.NullMarked;
