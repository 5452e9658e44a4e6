package com.banqup.invitations.api.client;

import org.jspecify.annotations.Nullable;

/**
 * A client as lists show it.
 *
 * @param client the client
 * @param invitation its latest invitation, null if it was never invited
 */
public record ListedClient(Client client, @Nullable ClientInvitation invitation) {
}
