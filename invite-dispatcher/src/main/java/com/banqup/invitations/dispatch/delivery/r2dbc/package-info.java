/** The ledger of deliveries in PostgreSQL. */
@NullMarked
package com.banqup.invitations.dispatch.delivery.r2dbc;

import org.jspecify.annotations.NullMarked;
