-- The ledger: one row per mail that was ever asked for. It holds ids and codes, no personal data, and stays.
-- QUEUED: being attempted by the holder of the claim, or to be asked for again when nobody holds it.
-- No index but the primary key, and room in the pages: the one update of a row stays on its page.
create table deliveries (
    invitation_id    uuid        not null,
    generation       integer     not null,
    partner_space_id uuid        not null,
    client_id        uuid        not null,
    state            text        not null check (state in ('QUEUED', 'SENT', 'DEFERRED', 'REJECTED', 'CANCELLED')),
    reason_code      text,
    attempts         integer     not null default 0,
    claim_id         uuid,
    claimed_until    timestamptz,
    requested_at     timestamptz not null,
    changed_at       timestamptz not null,
    primary key (invitation_id, generation)
) with (fillfactor = 70);

-- Every attempt that reached an end, with what the relay said (bounded, addresses taken out).
create table attempts (
    invitation_id   uuid        not null,
    generation      integer     not null,
    number          integer     not null,
    at              timestamptz not null,
    outcome         text        not null check (outcome in ('SENT', 'DEFERRED', 'REJECTED')),
    reason_code     text,
    reply_code      integer,
    enhanced_status text,
    reply           text        not null,
    took_millis     bigint      not null,
    primary key (invitation_id, generation, number)
);

-- The requests behind DEFERRED deliveries: what is needed to send the mail later and to dead-letter the record as
-- it came. The only place with personal data; the row goes when the delivery reaches its end.
create table retries (
    invitation_id      uuid        not null,
    generation         integer     not null,
    next_attempt_at    timestamptz not null,
    expires_at         timestamptz not null,
    partner_name       text        not null,
    client_name        text        not null,
    email              text        not null,
    language           text        not null,
    message            text,
    permissions        text[]      not null,
    record_topic       text        not null,
    record_partition   integer     not null,
    record_offset      bigint      not null,
    record_timestamp   timestamptz not null,
    record_key         bytea,
    record_value       bytea,
    record_headers     bytea       not null,
    primary key (invitation_id, generation),
    foreign key (invitation_id, generation) references deliveries
);

create index retries_next_attempt_at on retries (next_attempt_at);

-- Invitations that were revoked: cancels requests that arrive later (the lanes overtake each other).
create table revocations (
    invitation_id uuid        not null primary key,
    revoked_at    timestamptz not null
);

-- Requests that will never be carried out, until the dead letter topic has them.
create table dead_letters (
    id               bigint generated always as identity primary key,
    reason_code      text        not null,
    detail           text        not null,
    at               timestamptz not null,
    claimed_until    timestamptz not null default '-infinity',
    record_topic     text        not null,
    record_partition integer     not null,
    record_offset    bigint      not null,
    record_timestamp timestamptz not null,
    record_key       bytea,
    record_value     bytea,
    record_headers   bytea       not null
);
