/** Dead letters in PostgreSQL. */
@NullMarked
package com.banqup.invitations.dispatch.deadletter.r2dbc;

import org.jspecify.annotations.NullMarked;
