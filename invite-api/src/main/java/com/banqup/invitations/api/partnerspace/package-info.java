/** The accounting firm's side: a Partner Space and the name its clients know it by. */
@NullMarked
package com.banqup.invitations.api.partnerspace;

import org.jspecify.annotations.NullMarked;
