/** The clients of a Partner Space, linked or not yet linked. */
@NullMarked
package com.banqup.invitations.api.client;

import org.jspecify.annotations.NullMarked;
