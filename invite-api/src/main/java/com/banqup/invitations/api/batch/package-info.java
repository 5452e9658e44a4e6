/** Bulk invitations: whole client bases in one go, with the fate of every row. */
@NullMarked
package com.banqup.invitations.api.batch;

import org.jspecify.annotations.NullMarked;
