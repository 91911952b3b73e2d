"""The school's leader gives a word on the first written report."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0018_readers_only_grow"),
    ]

    operations = [
        migrations.AddField(
            model_name="crisisthread",
            name="approval_due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="crisisthread",
            name="told_approval_late_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="threadentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("oral", "口头首报"),
                    ("first", "书面首报"),
                    ("continued", "续报"),
                    ("final", "终报"),
                    ("seen", "已收到"),
                    ("answer", "答复"),
                    ("approved", "校领导确认书面首报"),
                    ("objected", "校领导有不同意见"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="crisisthread",
            index=models.Index(
                condition=models.Q(("approval_due_at__isnull", False)),
                fields=["school", "approval_due_at"],
                name="thread_waits_for_its_leader",
            ),
        ),
    ]
