package com.banqup.invitations.schemas;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.SchemaProvider;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.confluent.kafka.serializers.subject.TopicRecordNameStrategy;
import org.apache.avro.Schema;

/**
 * The registry's schemas, each asked for until it is known, and Confluent's deserializer
 * for the records that have them.
 */
final class RegisteredSchemas {

	/**
	 * The one refusal that is about the schema. Any other (a login, a proxy's page, a
	 * wrong path) is about how we ask; the HTTP status alone may be anybody's.
	 */
	private static final int SCHEMA_NOT_FOUND = 40403;

	private static final String NO_PROVIDER = "Invalid schema type";

	private static final Map<String, Object> IMPATIENCE = Map.of("http.connect.timeout.ms", 3_000,
			"http.read.timeout.ms", 5_000, "max.retries", 0);

	private static final List<String> MEMORY_OF_MISSING = List.of("missing.id.cache.ttl.sec",
			"missing.schema.cache.ttl.sec");

	private final SchemaRegistryClient client;

	private final KafkaAvroDeserializer avro;

	/**
	 * The deserializer gets no settings but these: with them it asks for a record's
	 * schema and nothing else.
	 */
	private RegisteredSchemas(SchemaRegistryClient client, List<String> urls) {
		this.client = client;
		this.avro = new KafkaAvroDeserializer(client, Map.of("schema.registry.url", urls, "specific.avro.reader", true,
				"value.subject.name.strategy", TopicRecordNameStrategy.class));
	}

	static RegisteredSchemas of(Map<String, ?> settings) {
		KafkaAvroDeserializerConfig config = new KafkaAvroDeserializerConfig(impatient(settings));
		return new RegisteredSchemas(
				SchemaRegistryClientFactory.newClient(config.getSchemaRegistryUrls(), config.getMaxSchemasPerSubject(),
						providers(), config.originalsWithPrefix(""), config.requestHeaders()),
				config.getSchemaRegistryUrls());
	}

	/**
	 * The client takes its settings with and without the prefix. What it was told is
	 * missing it must not remember: it would answer "subject not found", which may pass,
	 * as "schema not found".
	 */
	static Map<String, Object> impatient(Map<String, ?> settings) {
		Map<String, Object> all = new HashMap<>(settings);
		MEMORY_OF_MISSING.forEach((name) -> all.keySet().removeAll(Set.of(name, "schema.registry." + name)));
		IMPATIENCE.forEach((name, value) -> {
			if (!settings.containsKey("schema.registry." + name)) {
				all.putIfAbsent(name, value);
			}
		});
		return all;
	}

	/**
	 * Gets the schema with this id.
	 * @throws UnusableSchema if there is none that Avro can use
	 * @throws IOException if the registry did not answer
	 * @throws RestClientException if it, or something in its place, refused to
	 * @throws RuntimeException if there was no schema in the answer
	 */
	Schema require(int id) throws IOException, RestClientException {
		try {
			return ((AvroSchema) this.client.getSchemaById(id)).rawSchema();
		}
		catch (RestClientException ex) {
			if (ex.getErrorCode() == SCHEMA_NOT_FOUND) {
				throw new UnusableSchema(ex.getMessage(), ex);
			}
			throw ex;
		}
		catch (RuntimeException ex) {
			throw unusable(ex).orElse(ex);
		}
	}

	/**
	 * The client wraps what a provider throws. Of a type of schemas that it has no
	 * provider for, nothing but its words tells.
	 */
	private static Optional<RuntimeException> unusable(RuntimeException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnusableSchema unusable) {
				return Optional.of(unusable);
			}
			if (cause.getMessage() != null && cause.getMessage().startsWith(NO_PROVIDER)) {
				return Optional
					.of(new UnusableSchema("the registry's schema is none of Avro: " + cause.getMessage(), failure));
			}
		}
		return Optional.empty();
	}

	/** Decodes a record. Asks nobody if its schema was got from here just now. */
	Object deserialize(String topic, byte[] record) {
		return this.avro.deserialize(topic, record);
	}

	void close() {
		this.avro.close();
	}

	/**
	 * One for each type that a registry may know: for a type without one the client fails
	 * as if there was no answer.
	 */
	private static List<SchemaProvider> providers() {
		return List.of(new Provider(AvroSchema.TYPE), new Provider("JSON"), new Provider("PROTOBUF"));
	}

	/**
	 * Confluent's own, by itself, has the client keep an answer without a schema under
	 * the schema's id, never to ask again, and does not tell it from a schema that is
	 * none of Avro. What is thrown here is kept nowhere.
	 */
	private static final class Provider extends AvroSchemaProvider {

		private final String schemaType;

		Provider(String schemaType) {
			this.schemaType = schemaType;
		}

		@Override
		public String schemaType() {
			return this.schemaType;
		}

		@Override
		public Optional<ParsedSchema> parseSchema(io.confluent.kafka.schemaregistry.client.rest.entities.Schema answer,
				boolean isNew, boolean normalize) {
			if (answer.getSchema() == null || answer.getSchema().isBlank()) {
				throw new IllegalStateException("no schema in the registry's answer");
			}
			if (!AvroSchema.TYPE.equals(this.schemaType)) {
				throw new UnusableSchema("the registry's schema is none of Avro: " + this.schemaType, null);
			}
			try {
				return Optional.of(parseSchemaOrElseThrow(answer, isNew, normalize));
			}
			catch (RuntimeException ex) {
				throw refersToOthers(answer) ? ex
						: new UnusableSchema("the registry's schema is none of Avro: " + ex.getMessage(), ex);
			}
		}

		/**
		 * Those are asked for meanwhile, so that what fails may be the registry's matter.
		 */
		private static boolean refersToOthers(io.confluent.kafka.schemaregistry.client.rest.entities.Schema answer) {
			return answer.getReferences() != null && !answer.getReferences().isEmpty();
		}

	}

}
