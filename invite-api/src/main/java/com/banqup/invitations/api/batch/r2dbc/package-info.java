/** Batches in PostgreSQL. */
@NullMarked
package com.banqup.invitations.api.batch.r2dbc;

import org.jspecify.annotations.NullMarked;
