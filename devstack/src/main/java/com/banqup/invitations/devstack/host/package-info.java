/** What the parts ask of the machine: ports, folders, child processes. */
@NullMarked
package com.banqup.invitations.devstack.host;

import org.jspecify.annotations.NullMarked;
