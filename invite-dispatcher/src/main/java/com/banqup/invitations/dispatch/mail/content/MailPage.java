package com.banqup.invitations.dispatch.mail.content;

import java.util.List;

/**
 * What a mail shows, in HTML and in plain text: plain text in the invitee's language,
 * which the template escapes.
 *
 * @param language ISO 639-1 code
 * @param preheader what inboxes show beside the subject
 * @param heading who invites to what
 * @param greeting the client addressed by name
 * @param intro what it is about
 * @param permissions what the partner asks for, one a line
 * @param messageTitle who the message is from
 * @param message lines of the partner's own words, empty for none
 * @param link the invitation's link
 * @param button text of the button
 * @param expiry until when the link works
 * @param account that an account can be made
 * @param qrSource address of the QR code within the mail
 * @param qrSize its width and height in pixels
 * @param qrAlt what it is, for those who don't see it
 * @param qrTitle when to use it
 * @param qrText how to use it
 * @param linkTitle what the link as text is for, beneath the button
 * @param linkText what the link is for, without a button
 * @param personal that the link is not to be passed on
 * @param why why the client gets this mail
 */
public record MailPage(String language, String preheader, String heading, String greeting, String intro,
		List<String> permissions, String messageTitle, List<String> message, String link, String button, String expiry,
		String account, String qrSource, int qrSize, String qrAlt, String qrTitle, String qrText, String linkTitle,
		String linkText, String personal, String why) {

	/** Outlook's desktop client knows no maximum width: only it sees this table. */
	public static final String OUTLOOK_START = "<!--[if mso]><table role=\"presentation\" width=\"600\" align=\"center\" "
			+ "cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td><![endif]-->";

	/** Closes {@link #OUTLOOK_START}. */
	public static final String OUTLOOK_END = "<!--[if mso]></td></tr></table><![endif]-->";

	public MailPage {
		permissions = List.copyOf(permissions);
		message = List.copyOf(message);
	}

	/** Without the content, which holds names and the link. */
	@Override
	public String toString() {
		return "MailPage[language=%s]".formatted(this.language);
	}

	/** The mail for readers without HTML. */
	String plainText() {
		StringBuilder text = new StringBuilder(2048);
		text.append(this.greeting).append("\n\n").append(this.intro).append("\n\n");
		this.permissions.forEach((permission) -> text.append("- ").append(permission).append('\n'));
		if (!this.permissions.isEmpty()) {
			text.append('\n');
		}
		if (!this.message.isEmpty()) {
			text.append(this.messageTitle).append(":\n\n");
			this.message.forEach((line) -> text.append("    ").append(line).append('\n'));
			text.append('\n');
		}
		text.append(this.linkText).append('\n').append(this.link).append("\n\n");
		text.append(this.expiry).append('\n').append(this.account).append("\n\n");
		text.append(this.personal).append("\n\n-- \nBanqup\n").append(this.why).append('\n');
		return text.toString();
	}

}
