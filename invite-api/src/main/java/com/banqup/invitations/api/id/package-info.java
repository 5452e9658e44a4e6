/** Identifiers that sort by the time they were made. */
@NullMarked
package com.banqup.invitations.api.id;

import org.jspecify.annotations.NullMarked;
