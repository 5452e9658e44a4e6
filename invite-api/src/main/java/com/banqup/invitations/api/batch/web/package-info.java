/** Batches over HTTP. */
@NullMarked
package com.banqup.invitations.api.batch.web;

import org.jspecify.annotations.NullMarked;
