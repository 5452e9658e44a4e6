-- How many mails the single requests of a Partner Space have asked for, and on which day. Not in partner_space_bulk: whoever
-- decides a chunk of a bulk holds that row until it is decided, and nobody who waits for an answer is to wait for that.
CREATE TABLE partner_space_single (
    partner_space_id uuid   PRIMARY KEY,
    day              date   NOT NULL,
    mails            bigint NOT NULL
) WITH (fillfactor = 70);

COMMENT ON COLUMN partner_space_bulk.invited IS 'How many mails its bulks have asked for on the day. With partner_space_single it is the day''s number.';
