package com.banqup.invitations.acceptance.page;

/** What a page shows, apart from what every page has around it. */
sealed interface View permits LandingView, SpaceView, ConfirmView, DoneView, NoticeView {

	/** Name of the template that shows it. */
	String template();

	/** Whether the page has a form of its own. */
	boolean hasForm();

}
