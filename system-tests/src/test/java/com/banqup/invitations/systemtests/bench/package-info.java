/** What {@code ./bench} runs: the system's speed, side by side with a baseline's. */
@NullMarked
package com.banqup.invitations.systemtests.bench;

import org.jspecify.annotations.NullMarked;
