/**
 * The partner-facing API: clients, configuration templates and invitations of a Partner
 * Space.
 */
@NullMarked
package com.banqup.invitations.api;

import org.jspecify.annotations.NullMarked;
