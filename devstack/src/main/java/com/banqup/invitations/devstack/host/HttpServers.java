package com.banqup.invitations.devstack.host;

import java.io.IOException;
import java.net.InetSocketAddress;

import com.sun.net.httpserver.HttpServer;

/**
 * The JDK's web servers, prompt: unless told before the first of them is made, they hold
 * back the end of every answer on a kept connection for 40 ms, until the caller has
 * acknowledged its beginning.
 */
public final class HttpServers {

	static {
		System.setProperty("sun.net.httpserver.nodelay", "true");
	}

	private HttpServers() {
	}

	/** A server that is not started yet. */
	public static HttpServer create(InetSocketAddress address) throws IOException {
		return HttpServer.create(address, 0);
	}

}
