/** Cursors and limits in query parameters. */
@NullMarked
package com.banqup.invitations.api.paging.web;

import org.jspecify.annotations.NullMarked;
