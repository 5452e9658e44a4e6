-- Whose bulk comes next, and how much it invited on which day. The row is the lock under which rows of bulks are
-- decided: one chunk of a Partner Space at a time, so that no client is added twice.
CREATE TABLE partner_space_bulk (
    partner_space_id uuid        PRIMARY KEY,
    served_at        timestamptz NOT NULL,
    day              date        NOT NULL,
    invited          bigint      NOT NULL DEFAULT 0
);

CREATE TABLE invitation_batch (
    id                  uuid        PRIMARY KEY,
    partner_space_id    uuid        NOT NULL,
    template_id         uuid        NOT NULL,
    dry_run             boolean     NOT NULL,
    format              text        NOT NULL,
    idempotency_key     text,
    upload_id           uuid        NOT NULL,
    state               text        NOT NULL CHECK (state IN ('RECEIVING', 'RUNNING', 'COMPLETED', 'CANCELLED', 'FAILED')),
    failure             text,
    failure_detail      text,
    ignored_columns     text[]      NOT NULL DEFAULT '{}',
    row_count           integer     NOT NULL DEFAULT 0,
    chunks              integer     NOT NULL DEFAULT 0,
    decided_chunks      integer     NOT NULL DEFAULT 0,
    uploaded_chunks     integer,
    created_by          text        NOT NULL,
    created_at          timestamptz NOT NULL,
    taken_at            timestamptz NOT NULL,
    received_at         timestamptz,
    running_since       timestamptz,
    settled_before      bigint      NOT NULL DEFAULT 0,
    cancel_requested_at timestamptz,
    cancel_requested_by text,
    paced_until         timestamptz,
    ended_at            timestamptz,
    FOREIGN KEY (partner_space_id, template_id) REFERENCES configuration_template (partner_space_id, id),
    CHECK (decided_chunks <= chunks),
    CHECK ((state IN ('COMPLETED', 'CANCELLED', 'FAILED')) = (ended_at IS NOT NULL))
);
COMMENT ON COLUMN invitation_batch.upload_id IS 'The newest upload of the key; older ones that still run can add nothing any more.';
COMMENT ON COLUMN invitation_batch.uploaded_chunks IS 'How many chunks the upload brought; those after it are rows to be tried again.';
COMMENT ON COLUMN invitation_batch.settled_before IS 'How many rows had come to their end when it began to run, or to run again.';
COMMENT ON COLUMN invitation_batch.taken_at IS 'When rows were last taken from an upload.';

CREATE UNIQUE INDEX invitation_batch_key ON invitation_batch (partner_space_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
CREATE INDEX invitation_batch_list ON invitation_batch (partner_space_id, id);
CREATE INDEX invitation_batch_open ON invitation_batch (partner_space_id, id) WHERE state IN ('RECEIVING', 'RUNNING');
CREATE INDEX invitation_batch_ended ON invitation_batch (ended_at) WHERE ended_at IS NOT NULL;

-- Rows as they came, until they are decided; the digest tells whether a repeated upload brings the same.
CREATE TABLE invitation_batch_chunk (
    batch_id uuid    NOT NULL REFERENCES invitation_batch,
    number   integer NOT NULL,
    digest   bytea   NOT NULL,
    content  bytea,
    PRIMARY KEY (batch_id, number)
);
-- Written once and read once: compressing costs more than it saves.
ALTER TABLE invitation_batch_chunk ALTER COLUMN content SET STORAGE EXTERNAL;

-- What became of each row that was decided. No foreign keys here and below: a check for each of a million rows.
CREATE TABLE invitation_batch_row (
    batch_id      uuid    NOT NULL,
    number        integer NOT NULL,
    line          integer NOT NULL,
    row_ref       text,
    state         text    NOT NULL CHECK (state IN ('WAITING', 'INVITED', 'SKIPPED', 'INVALID', 'CANCELLED')),
    reason        text,
    detail        text,
    client_id     uuid,
    invitation_id uuid,
    content       bytea,
    PRIMARY KEY (batch_id, number)
);
COMMENT ON COLUMN invitation_batch_row.content IS 'The row as it came, of those that can be tried again.';
CREATE INDEX invitation_batch_row_trouble ON invitation_batch_row (batch_id, state, number) WHERE state <> 'INVITED';
CREATE INDEX invitation_batch_row_ref ON invitation_batch_row (batch_id, row_ref) WHERE state <> 'INVITED';

-- Clients that a dry run has met, by what tells them apart.
CREATE TABLE invitation_batch_seen (
    batch_id uuid    NOT NULL,
    client   bytea   NOT NULL,
    number   integer NOT NULL,
    PRIMARY KEY (batch_id, client)
);

-- How many rows and mails of a batch are in which state: the sum over the shards. Each connection has a shard of its
-- own, so nobody waits for anybody.
CREATE TABLE invitation_batch_count (
    batch_id uuid    NOT NULL,
    name     text    NOT NULL,
    shard    integer NOT NULL,
    value    bigint  NOT NULL,
    PRIMARY KEY (batch_id, name, shard)
) WITH (fillfactor = 50);

ALTER TABLE invitation ADD COLUMN batch_id uuid, ADD COLUMN batch_row integer;
CREATE INDEX invitation_batch_trouble ON invitation (batch_id, delivery_state, batch_row)
    WHERE batch_id IS NOT NULL AND delivery_state NOT IN ('QUEUED', 'SENT');

-- Bulk rows without a reference are matched by it.
CREATE INDEX client_address ON client (partner_space_id, lower(email_ascii));

-- Whichever statement changes invitations, the counts follow, in the same transaction.
CREATE FUNCTION count_batch_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO invitation_batch_count AS counted (batch_id, name, shard, value)
    SELECT batch_id, name, pg_backend_pid(), change
      FROM (SELECT batch_id, name, sum(change) AS change
              FROM (SELECT batch_id, 'mail:' || delivery_state AS name, 1 AS change FROM after WHERE batch_id IS NOT NULL
                    UNION ALL
                    SELECT batch_id, 'mail:' || delivery_state, -1 FROM before WHERE batch_id IS NOT NULL
                    UNION ALL
                    SELECT batch_id, 'opened', 1 FROM after WHERE batch_id IS NOT NULL AND progress <> 'NONE'
                    UNION ALL
                    SELECT batch_id, 'opened', -1 FROM before WHERE batch_id IS NOT NULL AND progress <> 'NONE'
                    UNION ALL
                    SELECT batch_id, 'linked', 1 FROM after WHERE batch_id IS NOT NULL AND state = 'ACCEPTED'
                    UNION ALL
                    SELECT batch_id, 'linked', -1 FROM before WHERE batch_id IS NOT NULL AND state = 'ACCEPTED') each
             GROUP BY batch_id, name
            HAVING sum(change) <> 0) changes
     -- Batches are removed after a while, their invitations are not.
     WHERE EXISTS (SELECT FROM invitation_batch batch WHERE batch.id = changes.batch_id)
     ORDER BY batch_id, name
    ON CONFLICT (batch_id, name, shard) DO UPDATE SET value = counted.value + excluded.value;
    RETURN NULL;
END
$$;
CREATE TRIGGER invitation_batch_changes AFTER UPDATE ON invitation
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION count_batch_changes();
