/** Requests to the other services, and the facts they answer with. */
@NullMarked
package com.banqup.invitations.api.invitation.kafka;

import org.jspecify.annotations.NullMarked;
