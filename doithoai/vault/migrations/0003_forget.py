from django.db import migrations

FORWARD = """
CREATE FUNCTION vault_forget(forgotten uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
  SET search_path = public AS $$
  DELETE FROM vault_mark WHERE matter = forgotten;
  DELETE FROM vault_part WHERE matter = forgotten;
  DELETE FROM vault_datakey WHERE matter = forgotten;
$$;
REVOKE ALL ON FUNCTION vault_forget(uuid) FROM PUBLIC;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'doithoai_app') THEN
    GRANT EXECUTE ON FUNCTION vault_forget(uuid) TO doithoai_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    """What is sealed of a person who is erased can be destroyed, a whole matter at a time, and by
    no other way.
    """

    dependencies = [("vault", "0002_rights")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION vault_forget(uuid);")]
