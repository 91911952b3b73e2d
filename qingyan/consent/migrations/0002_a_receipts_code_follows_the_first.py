import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0001_texts_ledger_and_guardians_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="guardianlink",
            name="follows",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="consent.guardianlink"
            ),
        ),
    ]
