/** Who may do what in which Partner Space. */
@NullMarked
package com.banqup.invitations.api.access;

import org.jspecify.annotations.NullMarked;
