-- Both are trusted extensions of PostgreSQL's own contrib: the owner of the database may create them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

CREATE TABLE partner_space (
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
COMMENT ON TABLE partner_space IS 'Partner Spaces that have a name. The row is the lock under which requests to the other services are written, so that they keep their order.';

CREATE TABLE client (
    id                 uuid        PRIMARY KEY,
    partner_space_id   uuid        NOT NULL,
    name               text        NOT NULL,
    email              text        NOT NULL,
    email_ascii        text        NOT NULL,
    language           text,
    external_reference text,
    vat_number         text,
    country            text,
    status             text        NOT NULL CHECK (status IN ('INACTIVE', 'ACTIVE')),
    active_since       timestamptz,
    link_id            uuid,
    business_space_id  uuid,
    search_text        text        NOT NULL,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    CHECK ((status = 'ACTIVE') = (active_since IS NOT NULL)),
    -- Also the order of the whole list, and what rows of the same Partner Space refer to.
    UNIQUE (partner_space_id, id)
);
COMMENT ON COLUMN client.email IS 'As the partner wrote it; email_ascii is what mail goes to.';
COMMENT ON COLUMN client.search_text IS 'Name, address and reference without case and accents.';

CREATE UNIQUE INDEX client_external_reference ON client (partner_space_id, external_reference)
    WHERE external_reference IS NOT NULL;
CREATE INDEX client_tab ON client (partner_space_id, status, id);
CREATE INDEX client_search ON client USING gin (partner_space_id, search_text gin_trgm_ops);

CREATE TABLE configuration_template (
    id               uuid        PRIMARY KEY,
    partner_space_id uuid        NOT NULL,
    name             text        NOT NULL,
    language         text        NOT NULL,
    message          text,
    expires_in_days  integer     NOT NULL CHECK (expires_in_days BETWEEN 1 AND 90),
    permissions      text[]      NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    UNIQUE (partner_space_id, id)
);

CREATE TABLE invitation (
    id                       uuid        PRIMARY KEY,
    partner_space_id         uuid        NOT NULL,
    client_id                uuid        NOT NULL,
    template_id              uuid        NOT NULL,
    topic                    text        NOT NULL,
    state                    text        NOT NULL CHECK (state IN ('PENDING', 'ACCEPTED', 'EXPIRED', 'REVOKED')),
    generation               integer     NOT NULL CHECK (generation >= 1),
    language                 text        NOT NULL,
    message                  text,
    permissions              text[]      NOT NULL,
    expires_in_days          integer     NOT NULL,
    created_by               text        NOT NULL,
    created_at               timestamptz NOT NULL,
    requested_by             text        NOT NULL,
    requested_at             timestamptz NOT NULL,
    expires_at               timestamptz NOT NULL,
    accepted_at              timestamptz,
    revocation_requested_at  timestamptz,
    revocation_requested_by  text,
    revoked_at               timestamptz,
    progress                 text        NOT NULL DEFAULT 'NONE'
        CHECK (progress IN ('NONE', 'OPENED', 'SIGNED_IN', 'SPACE_CHOSEN', 'CONFIRMED')),
    progress_at              timestamptz,
    delivery_state           text        NOT NULL DEFAULT 'QUEUED'
        CHECK (delivery_state IN ('QUEUED', 'DEFERRED', 'CANCELLED', 'REJECTED', 'SENT')),
    delivery_reason          text,
    delivery_reply_code      integer,
    delivery_attempts        integer     NOT NULL DEFAULT 0,
    delivery_next_attempt_at timestamptz,
    delivery_at              timestamptz NOT NULL,
    UNIQUE (partner_space_id, id),
    FOREIGN KEY (partner_space_id, client_id) REFERENCES client (partner_space_id, id),
    FOREIGN KEY (partner_space_id, template_id) REFERENCES configuration_template (partner_space_id, id),
    CHECK (state <> 'ACCEPTED' OR accepted_at IS NOT NULL)
);
COMMENT ON COLUMN invitation.generation IS 'Raised by every resend; the delivery columns speak of this generation only.';
COMMENT ON COLUMN invitation.topic IS 'Where its requests go, resends and revocations included, so that they keep their order.';

-- The rule itself: one pending invitation per client.
CREATE UNIQUE INDEX invitation_pending ON invitation (client_id) WHERE state = 'PENDING';
CREATE INDEX invitation_of_client ON invitation (client_id, id);
-- For lists of what is rare; what is frequent is found on the way through the ids.
CREATE INDEX invitation_delivery ON invitation (partner_space_id, delivery_state, id) WHERE delivery_state <> 'SENT';
CREATE INDEX invitation_state ON invitation (partner_space_id, state, id);
CREATE INDEX invitation_overdue ON invitation (expires_at) WHERE state = 'PENDING';

CREATE TABLE idempotency_key (
    partner_space_id uuid        NOT NULL,
    method           text        NOT NULL,
    path             text        NOT NULL,
    key              text        NOT NULL,
    body_hash        bytea       NOT NULL,
    status           integer     NOT NULL,
    location         text,
    body             text        NOT NULL,
    created_at       timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    PRIMARY KEY (partner_space_id, method, path, key)
);
CREATE INDEX idempotency_key_expiry ON idempotency_key (expires_at);

CREATE TABLE dead_letter (
    topic           text        NOT NULL,
    topic_partition integer     NOT NULL,
    record_offset   bigint      NOT NULL,
    recorded_at     timestamptz NOT NULL,
    record_key      text,
    record_value    bytea,
    error           text        NOT NULL CHECK (char_length(error) <= 500),
    kept_at         timestamptz NOT NULL,
    PRIMARY KEY (topic, topic_partition, record_offset, recorded_at)
);
COMMENT ON TABLE dead_letter IS 'Records that were passed over. Whoever has removed the cause publishes record_value under record_key again and deletes the row.';
