/** What a partner's program can ask of one Partner Space, and what the answers say. */
@NullMarked
package com.banqup.invitations.cli.api;

import org.jspecify.annotations.NullMarked;
