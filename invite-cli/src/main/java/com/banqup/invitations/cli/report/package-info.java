/** Tells what became of a batch and of its rows. */
@NullMarked
package com.banqup.invitations.cli.report;

import org.jspecify.annotations.NullMarked;
