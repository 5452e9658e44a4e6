/** What the user reads, on a terminal or in a file. */
@NullMarked
package com.banqup.invitations.cli.console;

import org.jspecify.annotations.NullMarked;
