from django.db import migrations

FORWARD = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: entries are written once and never changed (%)', TG_OP;
END $$;
CREATE TRIGGER ledger_entry_fixed BEFORE UPDATE OR DELETE ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entry_kept BEFORE TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_sequence_fixed BEFORE UPDATE OR DELETE ON ledger_sequence
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_sequence_kept BEFORE TRUNCATE ON ledger_sequence
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE FUNCTION ledger_forget(forgotten uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
  SET search_path = public AS $$ DELETE FROM ledger_salt WHERE entry = forgotten $$;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'doithoai_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entry, ledger_sequence, ledger_salt FROM doithoai_app;
    REVOKE DELETE, TRUNCATE ON ledger_receipt FROM doithoai_app;
  END IF;
END $$;
"""

BACKWARD = """
DROP FUNCTION ledger_forget(uuid);
DROP TRIGGER ledger_entry_fixed ON ledger_entry;
DROP TRIGGER ledger_entry_kept ON ledger_entry;
DROP TRIGGER ledger_sequence_fixed ON ledger_sequence;
DROP TRIGGER ledger_sequence_kept ON ledger_sequence;
DROP FUNCTION ledger_refuse();
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'doithoai_app') THEN
    GRANT UPDATE, DELETE ON ledger_entry, ledger_sequence, ledger_salt TO doithoai_app;
    GRANT DELETE ON ledger_receipt TO doithoai_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    """Entries and their numbers are append-only, by trigger and by the web role's grants."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
