/** What people may write into names, messages and codes, and how it is searched. */
@NullMarked
package com.banqup.invitations.api.text;

import org.jspecify.annotations.NullMarked;
