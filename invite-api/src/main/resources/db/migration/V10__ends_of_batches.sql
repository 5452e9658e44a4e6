-- Requests for mails can be lost (their topics keep them for a week): a batch does not wait for them for ever.
ALTER TABLE invitation_batch ADD COLUMN decided_at timestamptz;
COMMENT ON COLUMN invitation_batch.decided_at IS 'When rows were decided last.';

COMMENT ON COLUMN invitation.topic IS 'Where its first request went. What is asked for later about one invitation goes by the topic of single requests, whatever lies before it in this one.';
