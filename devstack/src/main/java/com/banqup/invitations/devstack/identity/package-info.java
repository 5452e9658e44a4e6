/** The OpenID Connect provider of the development stack. */
@NullMarked
package com.banqup.invitations.devstack.identity;

import org.jspecify.annotations.NullMarked;
