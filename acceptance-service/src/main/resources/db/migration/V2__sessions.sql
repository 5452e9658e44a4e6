-- Browser sessions, so that a login survives a restart and reaches every instance. A row holds what the
-- attribute types registered in the code allow: ids, the name the identity provider gives the person, no OAuth token and no link token.
CREATE TABLE session (
    -- SHA-256 of the cookie's value: who reads this table cannot take over a session.
    id_hash      bytea       PRIMARY KEY CHECK (octet_length(id_hash) = 32),
    attributes   jsonb       NOT NULL,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    CONSTRAINT session_size CHECK (octet_length(attributes::text) <= 16384)
) WITH (fillfactor = 80);
CREATE INDEX session_by_expiry ON session (expires_at);
