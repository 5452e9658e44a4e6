/** The schema registry of the development stack. */
@NullMarked
package com.banqup.invitations.devstack.registry;

import org.jspecify.annotations.NullMarked;
