/**
 * Records of others that this service could not make use of, kept for people to look at
 * and to replay.
 */
@NullMarked
package com.banqup.invitations.api.deadletter;

import org.jspecify.annotations.NullMarked;
