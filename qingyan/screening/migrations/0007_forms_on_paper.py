"""Forms on paper with the entries of the two persons who key them in."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_the_house_stands"),
        ("people", "0004_files_move_and_are_counted"),
        ("screening", "0006_campaign_names_its_consent_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperForm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("instrument", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=20)),
                ("age", models.PositiveSmallIntegerField(null=True)),
                ("code", models.CharField(max_length=8)),
                ("batch", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("printed", "待录入"),
                            ("keyed", "待第二人录入"),
                            ("differs", "两次不一致"),
                            ("taken_over", "已交卷"),
                            ("void", "已作废"),
                        ],
                        default="printed",
                        max_length=12,
                    ),
                ),
                ("printed_at", models.DateTimeField()),
                ("helper_until", models.DateTimeField(null=True)),
                ("assented", models.BooleanField(default=False)),
                ("begun_sitting", models.UUIDField(null=True)),
                (
                    "first",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(null=True), default=list, size=None
                    ),
                ),
                ("first_done_at", models.DateTimeField(null=True)),
                (
                    "second",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(null=True), default=list, size=None
                    ),
                ),
                ("second_done_at", models.DateTimeField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.campaign"
                    ),
                ),
                (
                    "first_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "helper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.school"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.schoolclass"
                    ),
                ),
                (
                    "second_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.student"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["school", "campaign", "code"], name="paper_form_by_code")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["printed", "keyed", "differs", "taken_over", "void"])),
                        name="paper_form_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_by", models.F("second_by")), _negated=True),
                            ("first_by__isnull", True),
                            _connector="OR",
                        ),
                        name="paper_form_is_keyed_by_two_persons",
                    ),
                ],
            },
        ),
    ]
