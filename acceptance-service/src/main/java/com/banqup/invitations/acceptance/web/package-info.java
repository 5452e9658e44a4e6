/** What all of the app's API has in common: security, problems, its description. */
@NullMarked
package com.banqup.invitations.acceptance.web;

import org.jspecify.annotations.NullMarked;
