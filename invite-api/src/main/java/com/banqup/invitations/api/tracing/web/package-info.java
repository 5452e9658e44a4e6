/** Traces of callers, taken on to whoever acts on their requests. */
@NullMarked
package com.banqup.invitations.api.tracing.web;

import org.jspecify.annotations.NullMarked;
