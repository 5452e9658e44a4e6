/** Constraints on the fields of HTTP bodies. */
@NullMarked
package com.banqup.invitations.api.text.web;

import org.jspecify.annotations.NullMarked;
