/**
 * Configuration templates: what a Partner Space asks new clients for, and in which words.
 */
@NullMarked
package com.banqup.invitations.api.template;

import org.jspecify.annotations.NullMarked;
