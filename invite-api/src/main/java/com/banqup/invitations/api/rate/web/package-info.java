/** Turns requests away that come faster than agreed. */
@NullMarked
package com.banqup.invitations.api.rate.web;

import org.jspecify.annotations.NullMarked;
