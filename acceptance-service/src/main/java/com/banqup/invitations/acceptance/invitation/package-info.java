/**
 * What this service knows of invitations, and what a link means at a given moment.
 */
@NullMarked
package com.banqup.invitations.acceptance.invitation;

import org.jspecify.annotations.NullMarked;
