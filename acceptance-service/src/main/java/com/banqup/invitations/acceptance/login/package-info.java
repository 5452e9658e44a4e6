/**
 * Signing in at the clients' identity provider: from the continue button there and back
 * to the same invitation.
 */
@NullMarked
package com.banqup.invitations.acceptance.login;

import org.jspecify.annotations.NullMarked;
