/** Work that goes on beside the requests for as long as the service runs. */
@NullMarked
package com.banqup.invitations.api.lifecycle;

import org.jspecify.annotations.NullMarked;
