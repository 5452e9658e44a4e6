/** Work that repeats for as long as the service runs. */
@NullMarked
package com.banqup.invitations.dispatch.cycle;

import org.jspecify.annotations.NullMarked;
