/**
 * The invite dispatcher: sends the invitation mails and keeps the ledger of deliveries.
 */
@NullMarked
package com.banqup.invitations.dispatch;

import org.jspecify.annotations.NullMarked;
