/** What the user of {@code ./run} reads, on a terminal or in a file. */
@NullMarked
package com.banqup.invitations.devstack.console;

import org.jspecify.annotations.NullMarked;
