package com.banqup.invitations.devstack.demo;

import java.net.URI;

/**
 * The running system, as the demo meets it.
 *
 * @param partnerSpace the URL of the Partner Space at invite-api
 * @param inbox the mail inbox's web page
 * @param acceptance the public base of the links in mails
 * @param administratorToken of the Partner Space
 * @param clientManagerToken of the Partner Space
 */
public record DemoTarget(URI partnerSpace, URI inbox, URI acceptance, String administratorToken,
		String clientManagerToken) {

	@Override
	public String toString() {
		return "DemoTarget[partnerSpace=" + this.partnerSpace + "]";
	}

}
