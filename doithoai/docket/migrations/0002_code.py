from django.db import migrations


class Migration(migrations.Migration):
    """The sequence matters are numbered from; a process takes a hundred numbers at a time."""

    dependencies = [("docket", "0001_initial")]
    operations = [
        migrations.RunSQL(
            """
            CREATE SEQUENCE docket_code INCREMENT BY 100;
            DO $$ BEGIN
              IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'doithoai_app') THEN
                GRANT USAGE ON SEQUENCE docket_code TO doithoai_app;
              END IF;
            END $$;
            """,
            "DROP SEQUENCE docket_code;",
        )
    ]
