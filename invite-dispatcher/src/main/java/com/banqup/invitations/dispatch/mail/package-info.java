/** The invitation as a mail: the port that sends it and what can become of it. */
@NullMarked
package com.banqup.invitations.dispatch.mail;

import org.jspecify.annotations.NullMarked;
