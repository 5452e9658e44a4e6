/** Opening and accepting a link in the app's API. */
@NullMarked
package com.banqup.invitations.acceptance.link.web;

import org.jspecify.annotations.NullMarked;
