/**
 * What a client agrees to when granting access, in words that never change once used.
 */
@NullMarked
package com.banqup.invitations.acceptance.consent;

import org.jspecify.annotations.NullMarked;
