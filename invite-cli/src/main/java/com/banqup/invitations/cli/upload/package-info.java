/**
 * Sends files of any size, and goes on after broken connections without inviting anyone
 * twice.
 */
@NullMarked
package com.banqup.invitations.cli.upload;

import org.jspecify.annotations.NullMarked;
