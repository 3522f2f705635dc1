from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0004_missing_rows'),
    ]

    operations = [
        migrations.AddField(
            model_name='dialogue',
            name='first_announced_at',
            field=models.DateTimeField(null=True),
        ),
    ]
