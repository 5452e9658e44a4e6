package com.banqup.invitations.acceptance.consent;

import com.banqup.invitations.schemas.InviteeLanguage;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Reads the wordings when the service starts: a missing one stops the start, and no event
 * loop has to read a file.
 */
@Component
class ConsentTextsAtStartUp implements InitializingBean {

	@Override
	public void afterPropertiesSet() {
		for (InviteeLanguage language : InviteeLanguage.values()) {
			ConsentTexts.in(language);
		}
	}

}
