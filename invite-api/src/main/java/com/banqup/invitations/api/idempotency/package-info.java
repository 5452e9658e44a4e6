/** Requests that a caller may repeat without repeating their effect. */
@NullMarked
package com.banqup.invitations.api.idempotency;

import org.jspecify.annotations.NullMarked;
