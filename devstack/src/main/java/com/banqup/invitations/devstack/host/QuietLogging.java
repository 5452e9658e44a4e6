package com.banqup.invitations.devstack.host;

import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import org.slf4j.LoggerFactory;

/**
 * Servers in this process say little unless something is wrong. Levels that a
 * configuration states win; these come back when the logging is set up anew, as Spring
 * Boot does.
 */
public final class QuietLogging {

	private static final Map<String, Level> LEVELS = Map.ofEntries(Map.entry("kafka", Level.WARN),
			Map.entry("org.apache.kafka", Level.WARN), Map.entry("state.change.logger", Level.WARN),
			// Both complain while a single node elects itself, at every start.
			Map.entry("kafka.server.ControllerApis", Level.OFF),
			Map.entry("org.apache.kafka.controller.QuorumController", Level.ERROR),
			// Complains by the second while a broker is away, which is what outage tests
			// do.
			Map.entry("org.apache.kafka.clients.NetworkClient", Level.ERROR),
			// Prints a stack trace for a client's mistake; the answer tells it.
			Map.entry("no.nav.security.mock.oauth2.http.OAuth2HttpRequestHandler", Level.OFF),
			Map.entry("no.nav.security", Level.WARN), Map.entry("com.icegreen", Level.WARN),
			Map.entry("org.testcontainers", Level.WARN), Map.entry("tc", Level.WARN),
			Map.entry("com.github.dockerjava", Level.WARN));

	private static boolean installed;

	private QuietLogging() {
	}

	/** Takes effect at once, and once. */
	public static synchronized void install() {
		if (!installed && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			apply(context);
			context.addListener(new AfterReset());
			installed = true;
		}
	}

	private static void apply(LoggerContext context) {
		LEVELS.forEach((name, level) -> {
			Logger logger = context.getLogger(name);
			if (logger.getLevel() == null) {
				logger.setLevel(level);
			}
		});
	}

	private static final class AfterReset implements LoggerContextListener {

		@Override
		public boolean isResetResistant() {
			return true;
		}

		@Override
		public void onReset(LoggerContext context) {
			apply(context);
		}

		@Override
		public void onStart(LoggerContext context) {
			apply(context);
		}

		@Override
		public void onStop(LoggerContext context) {
		}

		@Override
		public void onLevelChange(Logger logger, Level level) {
		}

	}

}
