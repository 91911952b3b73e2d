"""A new kind of entry: a sheet that somebody else answered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archives", "0001_the_house_stands"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("result", "测评结果"),
                    ("alert", "预警"),
                    ("acknowledgement", "预警确认"),
                    ("enrolment", "学籍"),
                    ("set_aside", "答卷搁置"),
                ],
                max_length=20,
            ),
        ),
    ]
