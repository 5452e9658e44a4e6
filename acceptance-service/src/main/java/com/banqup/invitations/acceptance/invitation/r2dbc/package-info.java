/** Invitations in PostgreSQL. */
@NullMarked
package com.banqup.invitations.acceptance.invitation.r2dbc;

import org.jspecify.annotations.NullMarked;
