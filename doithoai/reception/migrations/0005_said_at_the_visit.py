from django.db import migrations, models

SILENT = dict.fromkeys(
    ("came_name", "came_number", "came_phone", "came_address", "summary", "outcome", "note", "kind",
     "papers", "guided_to", "settled_before_by", "interpreter"), ""
) | {"came_identity": "none", "person": None, "due_on": None}  # fmt: skip


class Migration(migrations.Migration):
    """What was said of the person at a visit, kept with the line of the register."""

    dependencies = [("reception", "0004_deputies")]

    operations = [
        migrations.RemoveConstraint(model_name="visit", name="visit_sealed_says_nothing"),
        migrations.AddField(
            model_name="visit",
            name="came_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=160),
        ),
        migrations.AddField(
            model_name="visit",
            name="came_identity",
            field=models.CharField(
                choices=[
                    ("none", "not shown"),
                    ("card", "identity card"),
                    ("number", "personal identification number"),
                    ("passport", "passport"),
                ],
                db_default="none",
                default="none",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="came_number",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="visit",
            name="came_phone",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="visit",
            name="came_address",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("sealed", False), models.Q(**SILENT), _connector="OR"),
                name="visit_sealed_says_nothing",
            ),
        ),
    ]
