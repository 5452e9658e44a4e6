-- What this service knows of invitations. A row of generation 0 is a tombstone: the revocation came
-- before the invitation, and nothing but the ids is known.
CREATE TABLE invitation (
    id               uuid        PRIMARY KEY,
    generation       integer     NOT NULL CHECK (generation >= 0),
    partner_space_id uuid        NOT NULL,
    partner_name     text        NOT NULL,
    client_id        uuid        NOT NULL,
    client_name      text        NOT NULL,
    language         text        NOT NULL,
    -- Codes as requested, also those that this version of the service does not know.
    permissions      text[]      NOT NULL,
    requested_at     timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    state            text        NOT NULL CHECK (state IN ('PENDING', 'ACCEPTED', 'REVOKED')),
    -- Rank of the furthest step that the client took, 0 for none.
    progress         smallint    NOT NULL DEFAULT 0,
    accepted_by      uuid,
    accepted_at      timestamptz,
    revoked_at       timestamptz,
    CHECK ((state = 'ACCEPTED') = (accepted_by IS NOT NULL AND accepted_at IS NOT NULL)),
    CHECK ((state = 'REVOKED') = (revoked_at IS NOT NULL))
);

-- People who signed in, by what their identity provider calls them.
CREATE TABLE account (
    id             uuid        PRIMARY KEY,
    issuer         text        NOT NULL,
    subject        text        NOT NULL,
    name           text,
    created_at     timestamptz NOT NULL,
    UNIQUE (issuer, subject)
);

CREATE TABLE business_space (
    id                  uuid        PRIMARY KEY,
    name                text        NOT NULL,
    country             char(2)     NOT NULL,
    vat_number          text,
    registration_number text,
    created_by          uuid        NOT NULL REFERENCES account,
    created_at          timestamptz NOT NULL,
    CHECK (vat_number IS NOT NULL OR registration_number IS NOT NULL),
    -- Who submits a form twice creates one space.
    UNIQUE (created_by, country, vat_number),
    UNIQUE (created_by, country, registration_number)
);

CREATE TABLE business_space_member (
    account_id        uuid NOT NULL REFERENCES account,
    business_space_id uuid NOT NULL REFERENCES business_space,
    PRIMARY KEY (account_id, business_space_id)
);

CREATE TABLE link (
    id                uuid        PRIMARY KEY,
    partner_space_id  uuid        NOT NULL,
    business_space_id uuid        NOT NULL REFERENCES business_space,
    established_at    timestamptz NOT NULL,
    UNIQUE (partner_space_id, business_space_id)
);

-- Evidence: rows are only ever added. Version, language, partner name and permissions make the exact
-- words again, and the hash proves them.
CREATE TABLE consent (
    id                uuid        PRIMARY KEY,
    invitation_id     uuid        NOT NULL UNIQUE REFERENCES invitation,
    generation        integer     NOT NULL,
    link_id           uuid        NOT NULL REFERENCES link,
    partner_space_id  uuid        NOT NULL,
    partner_name      text        NOT NULL,
    business_space_id uuid        NOT NULL REFERENCES business_space,
    account_id        uuid        NOT NULL REFERENCES account,
    permissions       text[]      NOT NULL,
    language          text        NOT NULL,
    text_version      text        NOT NULL,
    text_hash         text        NOT NULL,
    given_at          timestamptz NOT NULL
);
CREATE INDEX consent_by_link ON consent (link_id);
