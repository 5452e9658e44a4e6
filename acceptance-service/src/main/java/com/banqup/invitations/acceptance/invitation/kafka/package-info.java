/** Invitations as they come from and go to Kafka. */
@NullMarked
package com.banqup.invitations.acceptance.invitation.kafka;

import org.jspecify.annotations.NullMarked;
