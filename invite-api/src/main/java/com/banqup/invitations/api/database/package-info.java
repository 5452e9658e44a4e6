/** What stores have in common, whatever they store. */
@NullMarked
package com.banqup.invitations.api.database;

import org.jspecify.annotations.NullMarked;
