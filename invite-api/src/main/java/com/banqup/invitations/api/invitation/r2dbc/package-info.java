/** Invitations in PostgreSQL. */
@NullMarked
package com.banqup.invitations.api.invitation.r2dbc;

import org.jspecify.annotations.NullMarked;
