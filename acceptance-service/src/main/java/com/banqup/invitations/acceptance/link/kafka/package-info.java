/** Links as they are told to Kafka. */
@NullMarked
package com.banqup.invitations.acceptance.link.kafka;

import org.jspecify.annotations.NullMarked;
