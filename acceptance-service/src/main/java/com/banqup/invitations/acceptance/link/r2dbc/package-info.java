/** Links in PostgreSQL. */
@NullMarked
package com.banqup.invitations.acceptance.link.r2dbc;

import org.jspecify.annotations.NullMarked;
