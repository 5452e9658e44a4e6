/** How many requests a second a Partner Space can send. */
@NullMarked
package com.banqup.invitations.api.rate;

import org.jspecify.annotations.NullMarked;
