/** The parts of the stack that run in containers where a Docker engine answers. */
@NullMarked
package com.banqup.invitations.devstack.containers;

import org.jspecify.annotations.NullMarked;
