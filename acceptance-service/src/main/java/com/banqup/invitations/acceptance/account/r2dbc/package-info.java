/** Accounts in PostgreSQL. */
@NullMarked
package com.banqup.invitations.acceptance.account.r2dbc;

import org.jspecify.annotations.NullMarked;
