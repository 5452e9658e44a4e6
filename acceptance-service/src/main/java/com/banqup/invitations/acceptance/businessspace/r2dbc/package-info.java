/** Business Spaces in PostgreSQL. */
@NullMarked
package com.banqup.invitations.acceptance.businessspace.r2dbc;

import org.jspecify.annotations.NullMarked;
