/**
 * The Business Spaces that accounts have and can link to a Partner Space.
 */
@NullMarked
package com.banqup.invitations.acceptance.businessspace;

import org.jspecify.annotations.NullMarked;
