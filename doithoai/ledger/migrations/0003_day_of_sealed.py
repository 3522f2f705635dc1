from django.db import migrations, models


class Migration(migrations.Migration):
    """Entries of sealed matters have a place among themselves, for they tell only their day."""

    dependencies = [("ledger", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="ordinal",
            field=models.PositiveIntegerField(db_default=0),
        )
    ]
