/** The commands and options of the program. */
@NullMarked
package com.banqup.invitations.cli.command;

import org.jspecify.annotations.NullMarked;
