/** Clients in PostgreSQL. */
@NullMarked
package com.banqup.invitations.api.client.r2dbc;

import org.jspecify.annotations.NullMarked;
