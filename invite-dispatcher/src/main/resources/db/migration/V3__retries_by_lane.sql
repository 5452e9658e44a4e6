-- Single invitations and bulks are tried again apart from each other, and the bulks of Partner Spaces in turns.
-- The default rewrites no row, and lets an older dispatcher go on until it is replaced: what it kept takes the turns of
-- one Partner Space more, until it fails again.
alter table retries add column partner_space_id uuid not null default '00000000-0000-0000-0000-000000000000';

create index retries_single on retries (next_attempt_at) where batch_id is null;

create index retries_bulk on retries (partner_space_id, next_attempt_at) where batch_id is not null;

drop index retries_next_attempt_at;
