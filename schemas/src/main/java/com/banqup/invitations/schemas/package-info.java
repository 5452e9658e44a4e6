/** The names that the services share: topics, their keys and owners. */
@NullMarked
package com.banqup.invitations.schemas;

import org.jspecify.annotations.NullMarked;
