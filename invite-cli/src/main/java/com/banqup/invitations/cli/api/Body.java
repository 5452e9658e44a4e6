package com.banqup.invitations.cli.api;

import java.io.IOException;
import java.io.InputStream;

/**
 * What is uploaded.
 *
 * @param contentLength how many bytes, if that is known, else -1
 * @param source begins anew at each call
 */
public record Body(String contentType, boolean gzip, long contentLength, Source source) {

	/** Opens the bytes. */
	public interface Source {

		InputStream open() throws IOException;

	}

}
