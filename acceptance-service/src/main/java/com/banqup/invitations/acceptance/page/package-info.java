/**
 * The pages that a client sees: what they say in which language, and how they are written
 * to the browser.
 */
@NullMarked
package com.banqup.invitations.acceptance.page;

import org.jspecify.annotations.NullMarked;
