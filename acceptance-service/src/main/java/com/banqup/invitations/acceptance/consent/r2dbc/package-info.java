/** Consents in PostgreSQL. */
@NullMarked
package com.banqup.invitations.acceptance.consent.r2dbc;

import org.jspecify.annotations.NullMarked;
