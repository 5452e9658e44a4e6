/** The command-line client for bulk invitations: where the program begins. */
@NullMarked
package com.banqup.invitations.cli;

import org.jspecify.annotations.NullMarked;
