"""Seats, help signals, sheets set aside, reminders; and the indexes of the live boards."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_the_house_stands"),
        ("people", "0002_staff_must_change_password"),
        ("screening", "0002_progress_is_counted_without_persons"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="sitting",
            name="sitting_once_a_campaign",
        ),
        migrations.RemoveConstraint(
            model_name="sitting",
            name="sitting_state_is_known",
        ),
        migrations.AddField(
            model_name="sitting",
            name="help_asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sitting",
            name="help_given_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="sitting",
            name="state",
            field=models.CharField(
                choices=[
                    ("answering", "作答中"),
                    ("stopped", "已暂停"),
                    ("finished", "已完成"),
                    ("set_aside", "已搁置"),
                ],
                default="answering",
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="sitting",
            index=models.Index(
                fields=["campaign", "started_at"], include=("school", "state"), name="sitting_started_by_time"
            ),
        ),
        migrations.AddIndex(
            model_name="sitting",
            index=models.Index(
                fields=["campaign", "finished_at"], include=("school", "state"), name="sitting_finished_by_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "set_aside"), _negated=True),
                fields=("campaign", "student", "instrument"),
                name="sitting_once_a_campaign",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["answering", "stopped", "finished", "set_aside"])),
                name="sitting_state_is_known",
            ),
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("unfinished", models.PositiveSmallIntegerField()),
                ("made_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="screening.campaign"
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
            ],
            options={
                "indexes": [models.Index(fields=["school", "school_class"], name="reminder_of_a_class")],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("shown_name", models.CharField(max_length=40)),
                ("masked", models.BooleanField(default=False)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="screening.campaign"
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
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.student"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["school", "campaign", "school_class"], name="seat_of_a_class")],
                "constraints": [models.UniqueConstraint(fields=("campaign", "student"), name="seat_once_a_round")],
            },
        ),
    ]
