/**
 * The main job on real input, over HTTP only: a partner invites a thousand clients, and
 * some of them accept.
 */
@NullMarked
package com.banqup.invitations.devstack.demo;

import org.jspecify.annotations.NullMarked;
