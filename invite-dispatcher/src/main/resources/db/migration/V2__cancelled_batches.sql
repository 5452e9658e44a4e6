-- Bulks that were cancelled: cancels their requests, wherever these are. A row goes when no record of the bulk can be
-- left in Kafka.
create table cancelled_batches (
    batch_id         uuid        not null,
    partner_space_id uuid        not null,
    known_since      timestamptz not null,
    primary key (batch_id, partner_space_id)
);

-- Null for a single request, and for one that was kept before bulks could be cancelled.
alter table retries add column batch_id uuid;

create index retries_batch_id on retries (batch_id) where batch_id is not null;
