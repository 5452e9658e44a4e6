package com.banqup.invitations.acceptance.invitation.kafka;

import java.util.Optional;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.SchemaProvider;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Confluent's deserializer, which by itself keeps an answer without a schema under the
 * schema's id and never asks again. Public for Kafka, which makes it by its name.
 */
public class RequestsDeserializer extends KafkaAvroDeserializer {

	@Override
	protected void configureClientProperties(AbstractKafkaSchemaSerDeConfig config, SchemaProvider provider) {
		super.configureClientProperties(config, new RegisteredSchemas());
	}

	/** What is thrown here is kept nowhere: the registry is asked again. */
	private static final class RegisteredSchemas extends AvroSchemaProvider {

		@Override
		public Optional<ParsedSchema> parseSchema(Schema schema, boolean isNew, boolean normalize) {
			if (schema.getSchema() == null || schema.getSchema().isBlank()) {
				throw new SchemaMissing();
			}
			try {
				return Optional.of(parseSchemaOrElseThrow(schema, isNew, normalize));
			}
			catch (RuntimeException ex) {
				throw new SerializationException("schema: not one of Avro's", ex);
			}
		}

	}

	/** The registry answered without the schema, or something else answered for it. */
	static final class SchemaMissing extends RetriableException {

		private static final long serialVersionUID = 1L;

		SchemaMissing() {
			super("schema: none in the registry's answer");
		}

	}

}
