/** The description of the API for its callers. */
@NullMarked
package com.banqup.invitations.api.openapi;

import org.jspecify.annotations.NullMarked;
