package com.banqup.invitations.cli.upload;

/**
 * The file is not what it was when it was first read: its key would stand for something
 * else.
 */
public final class FileChanged extends RuntimeException {

	private static final long serialVersionUID = 1L;

	FileChanged(String name) {
		super(name + " changed while it was being uploaded. Nothing was sent to the clients; start again");
	}

}
