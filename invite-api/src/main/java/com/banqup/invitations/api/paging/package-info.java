/** Pages of long lists that stay stable while the lists grow. */
@NullMarked
package com.banqup.invitations.api.paging;

import org.jspecify.annotations.NullMarked;
