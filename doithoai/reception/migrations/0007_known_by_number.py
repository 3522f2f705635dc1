from django.db import migrations, models


class Migration(migrations.Migration):
    """One person for a number of papers, whichever paper it stood on."""

    dependencies = [("reception", "0006_one_person_one_number")]

    operations = [
        migrations.RemoveConstraint(model_name="person", name="person_once_by_paper"),
        migrations.RemoveIndex(model_name="person", name="person_number"),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("body", "number"),
                name="person_once_by_number",
            ),
        ),
    ]
