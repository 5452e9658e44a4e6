package com.banqup.invitations.acceptance.web;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;

import org.springframework.context.annotation.Configuration;

/** The head of the API's OpenAPI description. */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition(security = @SecurityRequirement(name = "clients"),
		info = @Info(title = "Acceptance API", version = "1", description = """
				What the Banqup One app uses to show an invitation and to accept it. Problems are
				application/problem+json (RFC 9457); their types are stable. Fields that are not described are
				refused in requests and are to be ignored in answers."""))
@SecurityScheme(name = "clients", type = SecuritySchemeType.HTTP, scheme = "bearer", bearerFormat = "JWT",
		description = "An access token of the clients' identity provider.")
class ApiDescription {

}
