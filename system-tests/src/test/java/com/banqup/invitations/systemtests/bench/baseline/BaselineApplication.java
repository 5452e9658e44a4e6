package com.banqup.invitations.systemtests.bench.baseline;

import java.util.Map;

import javax.imageio.ImageIO;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * Invitations by mail the way a tutorial does it. It is safe against nothing (ADR 0001
 * and 0006 say what that takes), and as fast as its parts are when they are left as they
 * come.
 */
@SpringBootApplication
public class BaselineApplication {

	/** Where the tutorial has an application.yaml; addresses come from outside. */
	private static final Map<String, Object> SETTINGS = Map.of("spring.kafka.producer.value-serializer",
			"org.springframework.kafka.support.serializer.JacksonJsonSerializer",
			"spring.kafka.consumer.value-deserializer",
			"org.springframework.kafka.support.serializer.JacksonJsonDeserializer",
			"spring.kafka.consumer.properties.spring.json.trusted.packages", BaselineApplication.class.getPackageName(),
			"spring.kafka.consumer.group-id", "baseline", "spring.kafka.consumer.auto-offset-reset", "earliest",
			"spring.kafka.producer.acks", "all", "spring.kafka.listener.concurrency",
			Integer.toString(InvitationTopic.PARTITIONS));

	public static void main(String[] arguments) {
		// The only thing that a tutorial would not do: pictures go through a file
		// otherwise.
		ImageIO.setUseCache(false);
		new SpringApplicationBuilder(BaselineApplication.class).web(WebApplicationType.REACTIVE)
			.properties(SETTINGS)
			.run(arguments);
	}

}
