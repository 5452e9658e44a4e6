/** The overview over HTTP. */
@NullMarked
package com.banqup.invitations.api.overview.web;

import org.jspecify.annotations.NullMarked;
