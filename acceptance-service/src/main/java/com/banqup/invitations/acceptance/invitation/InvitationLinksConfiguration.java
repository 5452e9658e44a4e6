package com.banqup.invitations.acceptance.invitation;

import com.banqup.invitations.link.LinkKeys;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class InvitationLinksConfiguration {

	@Bean
	LinkKeys linkKeys(InvitationLinksProperties properties) {
		return LinkKeys.of(properties.currentKey(), properties.keys());
	}

}
