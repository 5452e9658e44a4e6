/** How far a Partner Space has come, in numbers. */
@NullMarked
package com.banqup.invitations.api.overview;

import org.jspecify.annotations.NullMarked;
