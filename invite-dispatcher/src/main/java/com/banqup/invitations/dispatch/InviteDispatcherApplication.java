package com.banqup.invitations.dispatch;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Takes invitation requests from Kafka and sends them as mail. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class InviteDispatcherApplication {

	static void main(String[] args) {
		SpringApplication.run(InviteDispatcherApplication.class, args);
	}

}
