/** Connections to callers. */
@NullMarked
package com.banqup.invitations.api.connection;

import org.jspecify.annotations.NullMarked;
