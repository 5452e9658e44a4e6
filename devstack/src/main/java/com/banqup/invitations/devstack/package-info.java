/** What the services need around them on one machine: for ./run and for tests. */
@NullMarked
package com.banqup.invitations.devstack;

import org.jspecify.annotations.NullMarked;
