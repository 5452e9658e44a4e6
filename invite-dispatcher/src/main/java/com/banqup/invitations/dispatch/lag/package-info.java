/** How far the consumers are behind, whatever state they are in. */
@NullMarked
package com.banqup.invitations.dispatch.lag;

import org.jspecify.annotations.NullMarked;
