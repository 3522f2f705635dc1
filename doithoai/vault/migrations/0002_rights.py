from django.db import migrations

FORWARD = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'doithoai_app') THEN
    REVOKE ALL ON vault_part, vault_mark, vault_datakey FROM doithoai_app;
    GRANT INSERT ON vault_part, vault_mark TO doithoai_app;
    GRANT SELECT, INSERT ON vault_datakey TO doithoai_app;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'doithoai_unseal') THEN
    GRANT SELECT ON vault_part, vault_mark TO doithoai_unseal;
    GRANT SELECT, UPDATE ON vault_datakey TO doithoai_unseal;
  END IF;
END $$;
"""

BACKWARD = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'doithoai_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON vault_part, vault_mark, vault_datakey TO doithoai_app;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'doithoai_unseal') THEN
    REVOKE ALL ON vault_part, vault_mark, vault_datakey FROM doithoai_unseal;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    """The web adds sealed parts and reads none; the unsealing role reads and adds none."""

    dependencies = [("vault", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
