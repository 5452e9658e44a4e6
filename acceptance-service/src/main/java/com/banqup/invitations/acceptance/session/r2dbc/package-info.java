/**
 * Browser sessions in PostgreSQL.
 */
@NullMarked
package com.banqup.invitations.acceptance.session.r2dbc;

import org.jspecify.annotations.NullMarked;
