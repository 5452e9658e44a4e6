-- The overview counts in this index alone, without the rows: delivery_state and expires_at are for that.
DROP INDEX invitation_state;
CREATE INDEX invitation_state ON invitation (partner_space_id, state, id) INCLUDE (delivery_state, expires_at);
