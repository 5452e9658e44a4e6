/**
 * Browser sessions: what they may hold, how long they live, and their cookie.
 */
@NullMarked
package com.banqup.invitations.acceptance.session;

import org.jspecify.annotations.NullMarked;
