package com.banqup.invitations.dispatch.deadletter.r2dbc;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Dead letters in PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class R2dbcDeadLetterConfiguration {

	@Bean
	R2dbcDeadLetters deadLetters(DatabaseClient database) {
		return new R2dbcDeadLetters(database);
	}

}
