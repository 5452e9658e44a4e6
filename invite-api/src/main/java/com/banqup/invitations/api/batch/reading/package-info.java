/** How uploads of bulk invitations are read: row by row, as they come, whatever comes. */
@NullMarked
package com.banqup.invitations.api.batch.reading;

import org.jspecify.annotations.NullMarked;
