/** Clients over HTTP. */
@NullMarked
package com.banqup.invitations.api.client.web;

import org.jspecify.annotations.NullMarked;
