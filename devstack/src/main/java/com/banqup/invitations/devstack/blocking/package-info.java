/** What BlockHound is to overlook in the tests of every module. */
@NullMarked
package com.banqup.invitations.devstack.blocking;

import org.jspecify.annotations.NullMarked;
