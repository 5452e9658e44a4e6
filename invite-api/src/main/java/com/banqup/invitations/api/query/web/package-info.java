/** What the operations take in the query of a request, and that they take no more. */
@NullMarked
package com.banqup.invitations.api.query.web;

import org.jspecify.annotations.NullMarked;
