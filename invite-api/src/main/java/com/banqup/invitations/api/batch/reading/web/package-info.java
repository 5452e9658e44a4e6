/** What whoever uploads is told when an upload cannot be read. */
@NullMarked
package com.banqup.invitations.api.batch.reading.web;

import org.jspecify.annotations.NullMarked;
