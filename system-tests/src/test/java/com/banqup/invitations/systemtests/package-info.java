/**
 * The whole system as its users meet it: started like {@code ./run} does, used over HTTP
 * and in a browser.
 */
@NullMarked
package com.banqup.invitations.systemtests;

import org.jspecify.annotations.NullMarked;
