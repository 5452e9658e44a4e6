/** The PostgreSQL server of the development stack. */
@NullMarked
package com.banqup.invitations.devstack.postgres;

import org.jspecify.annotations.NullMarked;
