/** Invitations over HTTP. */
@NullMarked
package com.banqup.invitations.api.invitation.web;

import org.jspecify.annotations.NullMarked;
