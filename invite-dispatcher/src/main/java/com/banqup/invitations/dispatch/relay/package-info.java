/**
 * What is known about the mail relay: does it take mail, and if not, why and since when.
 */
@NullMarked
package com.banqup.invitations.dispatch.relay;

import org.jspecify.annotations.NullMarked;
