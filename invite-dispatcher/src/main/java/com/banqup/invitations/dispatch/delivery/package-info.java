/**
 * Delivering invitations: which mail is sent when, what became of it, what happens next.
 */
@NullMarked
package com.banqup.invitations.dispatch.delivery;

import org.jspecify.annotations.NullMarked;
