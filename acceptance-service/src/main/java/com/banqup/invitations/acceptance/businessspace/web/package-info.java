/** Business Spaces in the app's API. */
@NullMarked
package com.banqup.invitations.acceptance.businessspace.web;

import org.jspecify.annotations.NullMarked;
