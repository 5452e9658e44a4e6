/** Dead letters in PostgreSQL. */
@NullMarked
package com.banqup.invitations.api.deadletter.r2dbc;

import org.jspecify.annotations.NullMarked;
