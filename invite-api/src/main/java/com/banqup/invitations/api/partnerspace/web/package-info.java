/** Partner Spaces over HTTP. */
@NullMarked
package com.banqup.invitations.api.partnerspace.web;

import org.jspecify.annotations.NullMarked;
