-- A topic that is deleted and made anew begins at offset 0 again: the record's own time tells the two apart. As Kafka has it, milliseconds
-- of any size. The default is for what was kept before, and for instances of the release before this one.
ALTER TABLE unusable_request ADD COLUMN kafka_timestamp bigint NOT NULL DEFAULT -1;

ALTER TABLE unusable_request DROP CONSTRAINT unusable_request_pkey;

ALTER TABLE unusable_request ADD PRIMARY KEY (topic, kafka_partition, kafka_offset, kafka_timestamp);

CREATE INDEX unusable_request_kept_at ON unusable_request (kept_at, kafka_offset);
