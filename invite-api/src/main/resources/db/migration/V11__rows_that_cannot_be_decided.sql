-- One row that cannot be decided does not keep the others of its batch from it.
ALTER TABLE invitation_batch
    ADD COLUMN suspect_rows integer NOT NULL DEFAULT 0,
    ADD COLUMN next_rows integer NOT NULL DEFAULT 0,
    ADD COLUMN failed_row integer,
    ADD COLUMN failed_rows_in_a_row integer NOT NULL DEFAULT 0,
    ADD COLUMN failed_rows integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN invitation_batch.suspect_rows IS 'Of how many of the next rows one at least cannot be decided, 0 if nothing is known against them.';
COMMENT ON COLUMN invitation_batch.next_rows IS 'How many rows the next turn takes if nothing is known against them, 0 for a whole chunk.';
COMMENT ON COLUMN invitation_batch.failed_row IS 'The number of the next row, if it failed alone: it is left out.';
COMMENT ON COLUMN invitation_batch.failed_rows_in_a_row IS 'How many rows failed alone since others were decided.';
COMMENT ON COLUMN invitation_batch.failed_rows IS 'How many rows failed alone since the batch runs, or runs again.';
