/**
 * The database that a service shares with its outbox: its pool of connections, its
 * refusals.
 */
@NullMarked
package com.banqup.invitations.outbox.database;

import org.jspecify.annotations.NullMarked;
