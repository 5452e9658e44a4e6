/** The account behind a bearer token. */
@NullMarked
package com.banqup.invitations.acceptance.account.web;

import org.jspecify.annotations.NullMarked;
