/** Configuration templates over HTTP. */
@NullMarked
package com.banqup.invitations.api.template.web;

import org.jspecify.annotations.NullMarked;
