/**
 * {@code ./run}: starts the stack and the three services, keeps them up, and stops them.
 */
@NullMarked
package com.banqup.invitations.devstack.launcher;

import org.jspecify.annotations.NullMarked;
