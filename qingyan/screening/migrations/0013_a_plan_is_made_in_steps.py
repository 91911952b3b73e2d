"""A draft knows which steps of its plan somebody has saved. What was planned before was planned whole.

A cut-off is chosen once, with the instrument; one that stood in the second stage's rule moves there.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

WHOLE = "UPDATE screening_campaign SET settled = '{purpose,instruments,dates,consent,cutoffs}'"

ONE_PLACE = """
UPDATE screening_campaigninstrument i SET screen_rule = s.first_rule FROM screening_secondstage s
WHERE s.campaign_id = i.campaign_id AND s.first_rule <> '' AND s.first_instrument = i.instrument
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0012_a_second_stage")]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="settled",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=12), blank=True, default=list, size=None
            ),
        ),
        migrations.RunSQL(WHOLE, migrations.RunSQL.noop),
        migrations.RunSQL(ONE_PLACE, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="secondstage", name="first_rule"),
    ]
