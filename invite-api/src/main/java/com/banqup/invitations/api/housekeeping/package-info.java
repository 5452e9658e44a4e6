/** Removes what has outlived its time. */
@NullMarked
package com.banqup.invitations.api.housekeeping;

import org.jspecify.annotations.NullMarked;
