-- Mails that nothing is heard of hold up neither the rows after them nor the end of their batch.
ALTER TABLE invitation_batch
    ADD COLUMN waiting_since timestamptz,
    DROP COLUMN decided_at;
COMMENT ON COLUMN invitation_batch.waiting_since IS 'No mail of it that waits was asked for before this time; null before anybody looked.';

-- They are counted apart from those that wait. Until now no mail that waits has a reason.
CREATE OR REPLACE FUNCTION mail_count_name(state text, reason text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN 'mail:' || state || CASE WHEN state IN ('QUEUED', 'CANCELLED') THEN coalesce(':' || reason, '') ELSE '' END;
