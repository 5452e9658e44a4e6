/**
 * The link token: derived by the dispatcher, recognised by the acceptance service, stored
 * by nobody.
 */
@NullMarked
package com.banqup.invitations.link;

import org.jspecify.annotations.NullMarked;
