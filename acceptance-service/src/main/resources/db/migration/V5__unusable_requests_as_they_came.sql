COMMENT ON COLUMN unusable_request.content IS
    'The record''s value as it came from Kafka. Of invalid ones kept by earlier releases: Avro''s single-object encoding.';
