/** Follows a batch to its end, whatever becomes of connections meanwhile. */
@NullMarked
package com.banqup.invitations.cli.follow;

import org.jspecify.annotations.NullMarked;
