ALTER TABLE invitation_batch ADD COLUMN selection bytea;
COMMENT ON COLUMN invitation_batch.selection IS 'Digest of the description of its clients, where these were not named.';
