/** Answers to requests that fail: RFC 9457 problems with stable types. */
@NullMarked
package com.banqup.invitations.api.problem;

import org.jspecify.annotations.NullMarked;
