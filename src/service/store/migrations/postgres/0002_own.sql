-- What this back end says in words of its own.
CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only added to';
END
$$;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_is_only_added_to();

CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to();

-- Text by which pages are ordered compares byte by byte, whatever the language of the database.
ALTER TABLE places ALTER COLUMN player TYPE TEXT COLLATE "C";
ALTER TABLE places ALTER COLUMN scenario TYPE TEXT COLLATE "C";
ALTER TABLE starts ALTER COLUMN player TYPE TEXT COLLATE "C";
ALTER TABLE starts ALTER COLUMN scenario TYPE TEXT COLLATE "C";
ALTER TABLE starts ALTER COLUMN id TYPE TEXT COLLATE "C";
ALTER TABLE attempts ALTER COLUMN id TYPE TEXT COLLATE "C";
ALTER TABLE scenarios ALTER COLUMN slug TYPE TEXT COLLATE "C";
ALTER TABLE teams ALTER COLUMN name TYPE TEXT COLLATE "C";
ALTER TABLE players ALTER COLUMN alias TYPE TEXT COLLATE "C";
