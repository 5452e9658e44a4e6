/**
 * The mail inbox of the development stack: SMTP in, a folder of mails, a web page to read
 * them.
 */
@NullMarked
package com.banqup.invitations.devstack.inbox;

import org.jspecify.annotations.NullMarked;
