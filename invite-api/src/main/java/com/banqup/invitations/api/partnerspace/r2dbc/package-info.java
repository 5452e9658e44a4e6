/** Partner Spaces in PostgreSQL. */
@NullMarked
package com.banqup.invitations.api.partnerspace.r2dbc;

import org.jspecify.annotations.NullMarked;
