package com.banqup.invitations.acceptance.login;

import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;

/**
 * What somebody signs in for. Each login has its own, so that two tabs do not mix two
 * invitations up.
 *
 * @param link the link that was opened
 * @param language the language that the reader chose, null for the invitation's
 */
public record LoginTarget(LinkToken link, @Nullable InviteeLanguage language) {
}
