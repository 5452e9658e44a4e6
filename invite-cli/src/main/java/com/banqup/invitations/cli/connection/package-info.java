/** Finds out which Partner Space to talk to, and with which token. */
@NullMarked
package com.banqup.invitations.cli.connection;

import org.jspecify.annotations.NullMarked;
