/**
 * Requests that will never be carried out, kept until they are in the dead letter topic.
 */
@NullMarked
package com.banqup.invitations.dispatch.deadletter;

import org.jspecify.annotations.NullMarked;
