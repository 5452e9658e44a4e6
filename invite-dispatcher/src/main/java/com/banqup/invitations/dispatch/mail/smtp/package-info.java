/** Hands mails to the relay by SMTP, over a bounded pool of kept sessions. */
@NullMarked
package com.banqup.invitations.dispatch.mail.smtp;

import org.jspecify.annotations.NullMarked;
