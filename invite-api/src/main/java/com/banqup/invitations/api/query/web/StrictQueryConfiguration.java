package com.banqup.invitations.api.query.web;

import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Takes queries by the letter: a typing error in a parameter's name is an error. */
@Configuration(proxyBeanMethods = false)
class StrictQueryConfiguration {

	@Bean
	WebFluxRegistrations strictQueries() {
		return new WebFluxRegistrations() {

			@Override
			public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
				return new StrictQueryMapping();
			}

		};
	}

}
