package com.banqup.invitations.devstack;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What every schema registry of the stack does, seen through Confluent's client. */
interface SchemaRegistryContract {

	Stack stack();

	@Test
	default void keepsItsSchemasOverAnOutage() throws Exception {
		SchemaRegistry registry = stack().registry();
		String subject = "outage-" + UUID.randomUUID();
		ParsedSchema schema = schema(subject);
		int id = client(registry).register(subject, schema);

		registry.stop();

		assertThat(registry.isRunning()).isFalse();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> client(registry).getSchemaById(id));

		registry.start();

		assertThat(registry.isRunning()).isTrue();
		assertThat(client(registry).getSchemaById(id)).isEqualTo(schema);
		assertThat(client(registry).register(subject, schema)).isEqualTo(id);
	}

	private static SchemaRegistryClient client(SchemaRegistry registry) {
		return new CachedSchemaRegistryClient(registry.url(), 10, Map.of("max.retries", 0));
	}

	private static ParsedSchema schema(String subject) {
		return new AvroSchema("""
				{"type": "record", "name": "R%s", "fields": [{"name": "fruit", "type": "string"}]}
				""".formatted(subject.replaceAll("[^A-Za-z0-9]", "")));
	}

}
