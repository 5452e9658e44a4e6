/** The overview's numbers from PostgreSQL. */
@NullMarked
package com.banqup.invitations.api.overview.r2dbc;

import org.jspecify.annotations.NullMarked;
