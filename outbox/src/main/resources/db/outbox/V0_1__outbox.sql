-- Records that are still to be published. The relay reads each topic in the order of ids and
-- deletes rows when Kafka has acknowledged them. Ids are not in the order of commits: nobody may
-- remember the last one. They are in that order for one key, because the writers of one key lock
-- the same row before they append.
create table outbox (
    id              bigint      generated always as identity,
    topic           text        not null,
    message_key     text        not null,
    -- Avro single-object encoding: marker, fingerprint of the schema, record.
    payload         bytea       not null,
    -- W3C trace context of the transaction that appended the row.
    traceparent     text,
    appended_at     timestamptz not null default statement_timestamp(),
    -- How often the row itself was at fault. While it is above 0, the later rows of the key wait.
    attempts        integer     not null default 0,
    next_attempt_at timestamptz,
    last_error      text,
    primary key (topic, id)
) with (
    -- A queue is small and changes all the time: clean it by what changed, not by a share of its peak.
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_analyze_scale_factor = 0,
    autovacuum_analyze_threshold = 20000,
    autovacuum_vacuum_cost_delay = 0
);

create index outbox_suspects on outbox (topic, next_attempt_at) where attempts > 0;

-- Rows that cannot be published as they are. An operator republishes or discards them.
create table outbox_parked (
    id          bigint      primary key,
    topic       text        not null,
    message_key text        not null,
    payload     bytea       not null,
    traceparent text,
    appended_at timestamptz not null,
    attempts    integer     not null,
    error       text        not null,
    parked_at   timestamptz not null default statement_timestamp()
);

-- The schemas of the rows by their fingerprint (CRC-64-AVRO of the parsing canonical form), so that
-- a relay of another release can decode them.
create table outbox_schema (
    fingerprint bigint      primary key,
    name        text        not null,
    schema      text        not null,
    stored_at   timestamptz not null default statement_timestamp()
);
