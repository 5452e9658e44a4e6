/** How many writes of a Partner Space are carried out at the same time. */
@NullMarked
package com.banqup.invitations.api.turns;

import org.jspecify.annotations.NullMarked;
