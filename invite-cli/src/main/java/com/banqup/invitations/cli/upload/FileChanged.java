package com.banqup.invitations.cli.upload;

/**
 * The file is not what it was when it was first read: its key would stand for something
 * else.
 */
public final class FileChanged extends RuntimeException {

	private static final long serialVersionUID = 1L;

	FileChanged(String name) {
		super(name
				+ " changed while it was being uploaded, so it cannot be sent again. Nothing of it is sent to clients, "
				+ "unless all of it had arrived. Start again");
	}

}
