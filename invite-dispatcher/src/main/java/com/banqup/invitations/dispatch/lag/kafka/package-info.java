/** Consumer lag as the brokers know it. */
@NullMarked
package com.banqup.invitations.dispatch.lag.kafka;

import org.jspecify.annotations.NullMarked;
