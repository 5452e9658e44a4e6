/** How JSON is read, and how patches are applied. */
@NullMarked
package com.banqup.invitations.api.json;

import org.jspecify.annotations.NullMarked;
