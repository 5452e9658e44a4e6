/** Idempotency keys in PostgreSQL. */
@NullMarked
package com.banqup.invitations.api.idempotency.r2dbc;

import org.jspecify.annotations.NullMarked;
