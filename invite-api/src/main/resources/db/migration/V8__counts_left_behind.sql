-- Counts of connections, most of which are gone; they are brought together in shard 0.
CREATE INDEX invitation_batch_count_left_behind ON invitation_batch_count (batch_id, name, shard) WHERE shard <> 0;
