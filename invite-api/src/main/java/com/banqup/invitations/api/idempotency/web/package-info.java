/** The Idempotency-Key header. */
@NullMarked
package com.banqup.invitations.api.idempotency.web;

import org.jspecify.annotations.NullMarked;
