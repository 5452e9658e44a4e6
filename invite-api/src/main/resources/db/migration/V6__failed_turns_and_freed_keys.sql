ALTER TABLE invitation_batch ADD COLUMN failed_turns integer NOT NULL DEFAULT 0, ADD COLUMN again_at timestamptz;
COMMENT ON COLUMN invitation_batch.failed_turns IS 'How many turns in a row have failed to decide the next rows.';
COMMENT ON COLUMN invitation_batch.again_at IS 'When the next turn after a failed one may be.';

-- Batches that ended before their rows were decided: these are removed.
CREATE INDEX invitation_batch_undecided ON invitation_batch (id)
    WHERE ended_at IS NOT NULL AND decided_chunks < chunks;

-- The same upload can be sent again.
UPDATE invitation_batch
   SET idempotency_key = NULL
 WHERE ended_at IS NOT NULL
   AND received_at IS NULL;
