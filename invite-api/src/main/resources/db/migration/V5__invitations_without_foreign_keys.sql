-- Clients and templates are never deleted, and the statements that add invitations read both in the same transaction:
-- the checks could not fail, but locked the template's row anew for each of a million invitations.
ALTER TABLE invitation
    DROP CONSTRAINT invitation_partner_space_id_client_id_fkey,
    DROP CONSTRAINT invitation_partner_space_id_template_id_fkey;
