/** How many writes are carried out at the same time, and whose. */
@NullMarked
package com.banqup.invitations.api.turns;

import org.jspecify.annotations.NullMarked;
