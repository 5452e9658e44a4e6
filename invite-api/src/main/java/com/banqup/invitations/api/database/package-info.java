/** The settings of the connections to PostgreSQL. */
@NullMarked
package com.banqup.invitations.api.database;

import org.jspecify.annotations.NullMarked;
