/** Reads the caller's rights from the bearer token and guards every route. */
@NullMarked
package com.banqup.invitations.api.access.web;

import org.jspecify.annotations.NullMarked;
