from django.db import migrations

FORWARD = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'doithoai_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON docket_unsealing FROM doithoai_app;
  END IF;
END $$;
"""

BACKWARD = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'doithoai_app') THEN
    GRANT UPDATE, DELETE ON docket_unsealing TO doithoai_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    """Who opened what was sealed is written once: the web changes and deletes none of it."""

    dependencies = [("docket", "0006_unsealing")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
