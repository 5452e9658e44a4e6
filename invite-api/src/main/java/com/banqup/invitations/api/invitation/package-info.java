/** Inviting clients, sending again, revoking, and what became of it. */
@NullMarked
package com.banqup.invitations.api.invitation;

import org.jspecify.annotations.NullMarked;
