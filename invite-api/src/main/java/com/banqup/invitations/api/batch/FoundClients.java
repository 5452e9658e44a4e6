package com.banqup.invitations.api.batch;

import java.util.Collection;
import java.util.Map;

import com.banqup.invitations.api.client.Client;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientProbe;
import com.banqup.invitations.api.invitation.InvitableClient;
import com.banqup.invitations.api.invitation.Invitation;
import com.banqup.invitations.api.invitation.InvitationId;

/**
 * What is known of the clients that rows name.
 *
 * @param probes the rows' clients that are named by what is to be known of them
 * @param matches which probed clients are there
 * @param invitable what there is to know about those, and about those named by id
 * @param invitations by which rows have invited their clients before
 * @param corrected the clients that rows correct, as they are
 */
record FoundClients(Collection<ClientProbe> probes, Map<ClientProbe, ClientId> matches,
		Map<ClientId, InvitableClient> invitable, Map<InvitationId, Invitation> invitations,
		Map<ClientId, Client> corrected) {
}
