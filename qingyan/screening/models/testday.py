"""The day in the computer room: where each pupil of a class sits, and which classes still miss somebody. No answers."""

from uuid import uuid4

from django.db import models

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.screening.models.campaign import Campaign


class Seat(models.Model):
    """A pupil's seat in one round, with the name as the board shows it, whole or masked.

    The name is a copy, so that an invigilator reads the names of a seated class and no pupil's file; seats are taken
    away the night after the round has ended (ADR 0016).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    shown_name = models.CharField(max_length=40)
    masked = models.BooleanField(default=False)
    scope = SchoolScope(
        student="student_id",
        class_="school_class_id",
        gates=("progress",),
        writes=("INSERT", "UPDATE", "DELETE"),
        narrow=("SELECT",),
    )

    class Meta:
        indexes = [models.Index(fields=["school", "campaign", "school_class"], name="seat_of_a_class")]
        constraints = [models.UniqueConstraint(fields=["campaign", "student"], name="seat_once_a_round")]


class Reminder(models.Model):
    """A class that still misses somebody when its round is near the end: a line on the homeroom teacher's first page.

    Counts only; `unfinished` is what the job of the morning found.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    unfinished = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    scope = SchoolScope(
        class_="school_class_id",
        gates=("progress",),
        writes=("INSERT", "UPDATE", "DELETE"),
        narrow=("SELECT",),
    )

    class Meta:
        indexes = [models.Index(fields=["school", "school_class"], name="reminder_of_a_class")]
