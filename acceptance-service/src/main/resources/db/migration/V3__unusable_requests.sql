-- Requests that could not be read or made no sense, the latest ones: to look at, and to have sent again.
-- Their content may hold an invited address, so whoever looks at them sees personal data.
CREATE TABLE unusable_request (
    topic           text        NOT NULL,
    kafka_partition integer     NOT NULL,
    kafka_offset    bigint      NOT NULL,
    message_key     text,
    -- As it was read. Of what decoded and made no sense: Avro's single-object encoding of the same.
    content         bytea       NOT NULL,
    reason          text        NOT NULL,
    error           text        NOT NULL,
    kept_at         timestamptz NOT NULL,
    PRIMARY KEY (topic, kafka_partition, kafka_offset)
);
