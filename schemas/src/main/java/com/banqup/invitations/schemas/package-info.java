/**
 * What the services share: topics, their keys and owners, and how the records in them are
 * read.
 */
@NullMarked
package com.banqup.invitations.schemas;

import org.jspecify.annotations.NullMarked;
