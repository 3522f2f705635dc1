from django.db import migrations, models

SEALED = models.Q(("ordinal__gt", 0))
BY_DAY = models.Index(models.F("entered_at"), condition=SEALED, name="entry_sealed")
ONCE = models.UniqueConstraint(
    condition=SEALED, fields=("matter", "ordinal"), name="entry_ordinal_once"
)


class Migration(migrations.Migration):
    """Two indexes over the few sealed entries, made while others go on writing."""

    atomic = False
    dependencies = [("ledger", "0004_day_kept")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY entry_sealed ON ledger_entry (entered_at) WHERE ordinal > 0",
            "DROP INDEX CONCURRENTLY entry_sealed",
            state_operations=[migrations.AddIndex(model_name="entry", index=BY_DAY)],
        ),
        migrations.RunSQL(
            "CREATE UNIQUE INDEX CONCURRENTLY entry_ordinal_once ON ledger_entry (matter, ordinal)"
            " WHERE ordinal > 0",
            "DROP INDEX CONCURRENTLY entry_ordinal_once",
            state_operations=[migrations.AddConstraint(model_name="entry", constraint=ONCE)],
        ),
    ]
