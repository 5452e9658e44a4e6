-- Mails that were cancelled are counted by reason.
CREATE FUNCTION mail_count_name(state text, reason text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN 'mail:' || state || CASE state WHEN 'CANCELLED' THEN coalesce(':' || reason, '') ELSE '' END;

-- Nobody changes an invitation between the old counts and the new ones.
LOCK TABLE invitation IN SHARE ROW EXCLUSIVE MODE;

CREATE OR REPLACE FUNCTION count_batch_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO invitation_batch_count AS counted (batch_id, name, shard, value)
    SELECT batch_id, name, pg_backend_pid(), change
      FROM (SELECT batch_id, name, sum(change) AS change
              FROM (SELECT batch_id, mail_count_name(delivery_state, delivery_reason) AS name, 1 AS change
                      FROM after WHERE batch_id IS NOT NULL
                    UNION ALL
                    SELECT batch_id, mail_count_name(delivery_state, delivery_reason), -1
                      FROM before WHERE batch_id IS NOT NULL
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

DELETE FROM invitation_batch_count WHERE name = 'mail:CANCELLED';
INSERT INTO invitation_batch_count (batch_id, name, shard, value)
SELECT batch_id, mail_count_name(delivery_state, delivery_reason), 0, count(*)
  FROM invitation
 WHERE batch_id IS NOT NULL
   AND delivery_state = 'CANCELLED'
   AND delivery_state NOT IN ('QUEUED', 'SENT')
   AND EXISTS (SELECT FROM invitation_batch batch WHERE batch.id = invitation.batch_id)
 GROUP BY batch_id, delivery_state, delivery_reason;
