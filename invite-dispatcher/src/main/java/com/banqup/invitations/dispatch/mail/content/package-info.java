/** Writes invitation mails: texts in four languages, the HTML page, the QR code, MIME. */
@NullMarked
package com.banqup.invitations.dispatch.mail.content;

import org.jspecify.annotations.NullMarked;
