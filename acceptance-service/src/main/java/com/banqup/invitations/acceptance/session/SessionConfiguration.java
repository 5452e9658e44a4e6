package com.banqup.invitations.acceptance.session;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.web.server.session.SpringSessionWebSessionStore;
import org.springframework.web.server.session.CookieWebSessionIdResolver;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionManager;

@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

	@Bean
	SessionCookie sessionCookie(CookieProperties cookies) {
		return new SessionCookie(cookies.nameOf("SESSION"));
	}

	@Bean
	WebSessionManager webSessionManager(ReactiveSessionRepository<StoredSession> sessions, SessionCookie cookie,
			CookieProperties cookies, Clock clock) {
		SpringSessionWebSessionStore<StoredSession> store = new SpringSessionWebSessionStore<>(sessions);
		store.setClock(clock);
		DefaultWebSessionManager manager = new DefaultWebSessionManager();
		manager.setSessionStore(store);
		manager.setSessionIdResolver(idResolver(cookie, cookies));
		return manager;
	}

	/**
	 * A cookie without an age: it ends with the browser, if the session has not before.
	 */
	private static CookieWebSessionIdResolver idResolver(SessionCookie cookie, CookieProperties cookies) {
		CookieWebSessionIdResolver resolver = new CookieWebSessionIdResolver();
		resolver.setCookieName(cookie.name());
		resolver.addCookieInitializer(cookies::protect);
		return resolver;
	}

}
