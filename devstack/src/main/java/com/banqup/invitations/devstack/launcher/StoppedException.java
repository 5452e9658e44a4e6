package com.banqup.invitations.devstack.launcher;

/** The part does not serve because somebody asked to stop it before it did. */
final class StoppedException extends LaunchException {

	StoppedException(String part) {
		super(part + " was stopped before it served");
	}

}
