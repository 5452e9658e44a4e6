package com.banqup.invitations.api.invitation;

import java.time.ZoneId;

import com.banqup.invitations.schemas.Topics;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of invitations, whether they come one by one or in bulk.
 *
 * @param interactiveClients up to how many clients a request names so that its mails go
 * with those that somebody waits for; the mails of more go with the bulks'
 * @param dailyLimit how many mails a Partner Space can ask for on a day: invitations,
 * resends and the rows of its bulks, those tried again too. A request beyond it is
 * refused, bulks go on the next day
 * @param zone where the day begins at midnight
 */
@Validated
@ConfigurationProperties("invite.invitations")
public record InvitationProperties(@DefaultValue("20") @Min(1) @Max(InviteRequest.MAX_CLIENTS) int interactiveClients,
		@DefaultValue("1000000") @Min(1) long dailyLimit, @DefaultValue("UTC") @NotNull ZoneId zone) {

	/**
	 * Where the requests for the mails go. Those of many clients would keep single ones
	 * waiting that somebody else asks for.
	 */
	String topic(InviteRequest request) {
		return (request.clientIds().size() > this.interactiveClients) ? Topics.INVITATION_REQUESTS_BULK
				: Topics.INVITATION_REQUESTS;
	}

}
