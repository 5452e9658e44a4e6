/** The Kafka broker of the development stack. */
@NullMarked
package com.banqup.invitations.devstack.kafka;

import org.jspecify.annotations.NullMarked;
