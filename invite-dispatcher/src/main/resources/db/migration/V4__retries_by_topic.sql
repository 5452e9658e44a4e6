-- Retries keep to the lane that their request came by: requests to invite many clients come by the bulks' without being
-- of a bulk.
drop index retries_single;

drop index retries_bulk;

create index retries_single on retries (next_attempt_at) where record_topic <> 'invitation-requests-bulk';

create index retries_bulk on retries (partner_space_id, next_attempt_at)
    where record_topic = 'invitation-requests-bulk';
