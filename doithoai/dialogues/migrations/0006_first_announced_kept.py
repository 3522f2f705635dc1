from django.db import migrations

# A dialogue set anew lost its stamp; the entry of its announcement has the moment still.
FILL = """
UPDATE dialogues_dialogue AS dialogue
SET first_announced_at = coalesce(
    (SELECT min(entry.at) FROM ledger_entry AS entry
     WHERE entry.matter = dialogue.matter_id AND entry.kind = 'dialogues.announced'),
    dialogue.announced_at
)
WHERE dialogue.first_announced_at IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0005_first_announced'),
        ('ledger', '0002_append_only'),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
