from django.db import migrations


class Migration(migrations.Migration):
    """Let the planner know ten thousand words instead of a thousand, so that it does not read a
    whole table in search of a rare one.
    """

    dependencies = [("docket", "0002_code")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE docket_words ALTER COLUMN lexemes SET STATISTICS 1000",
            "ALTER TABLE docket_words ALTER COLUMN lexemes SET STATISTICS -1",
        )
    ]
