/** Configuration templates in PostgreSQL. */
@NullMarked
package com.banqup.invitations.api.template.r2dbc;

import org.jspecify.annotations.NullMarked;
