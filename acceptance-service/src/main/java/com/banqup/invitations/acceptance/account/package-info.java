/**
 * The people who accept: one account per subject of the clients' identity provider.
 */
@NullMarked
package com.banqup.invitations.acceptance.account;

import org.jspecify.annotations.NullMarked;
