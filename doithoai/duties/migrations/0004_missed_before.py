"""What was said to be missed before it was kept on the duty itself; an excuse took that back."""

from django.db import migrations

FORWARD = """
UPDATE duties_duty SET was_missed = true
WHERE state IN ('met', 'missed') AND EXISTS (
    SELECT 1 FROM ledger_entry e WHERE e.matter = duties_duty.matter_id AND e.kind = 'duties.missed'
)
"""


class Migration(migrations.Migration):
    dependencies = [("duties", "0003_entered_late"), ("ledger", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
