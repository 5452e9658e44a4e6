/**
 * Accepting an invitation: the one place where two spaces become linked.
 */
@NullMarked
package com.banqup.invitations.acceptance.link;

import org.jspecify.annotations.NullMarked;
