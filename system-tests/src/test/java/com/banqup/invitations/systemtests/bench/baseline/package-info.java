/**
 * What the benchmark compares the system with: inviting by mail the way a tutorial does
 * it, WebFlux, a topic, three listener threads and JavaMailSender.
 */
@NullMarked
package com.banqup.invitations.systemtests.bench.baseline;

import org.jspecify.annotations.NullMarked;
