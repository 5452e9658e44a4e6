/**
 * The acceptance service: clients open a link, log in and grant a partner access.
 */
@NullMarked
package com.banqup.invitations.acceptance;

import org.jspecify.annotations.NullMarked;
