/** Answers to those who have to wait too long for their turn. */
@NullMarked
package com.banqup.invitations.api.turns.web;

import org.jspecify.annotations.NullMarked;
