"""The vault of counselling notes: a talk that was held, what its author alone remembers, what the team should know.

Appended, never overwritten: a correction is a new version and stands beside the earlier ones. The process note opens to
its author only, by a policy of the database; leaders have no sight of any of the three tables.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.cases.models.case import Case
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class Way(models.TextChoices):
    """How it was held."""

    ROOM = "room", _("辅导室")
    WALK_IN = "walk_in", _("自己来的")
    PHONE = "phone", _("电话")
    OUTSIDE = "outside", _("校园里")


class Counselling(models.Model):
    """One counselling talk: number, time, length, who held it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    held_at = models.DateTimeField(_("时间"))
    minutes = models.PositiveSmallIntegerField(_("分钟"))
    way = models.CharField(max_length=10, choices=Way.choices)
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    scope = SchoolScope(student="student_id", gates=("notes",), writes=("INSERT",))

    class Meta:
        indexes = [models.Index(fields=["school", "case", "number"])]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="counselling_counted_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, minutes__gte=1), name="counselling_counts_from_one"
            ),
        ]


class TeamSummary(models.Model):
    """One version of what the counsellors of the school may know of the talk."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    counselling = models.ForeignKey(Counselling, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = SealedText()
    scope = SchoolScope(student="student_id", gates=("notes",), writes=("INSERT",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["counselling", "version"], name="team_summary_version_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="team_summary_counts_from_one"),
        ]


class ProcessNote(models.Model):
    """One version of the author's own memory of the talk; the database shows it to `by` and the named `heirs` only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    counselling = models.ForeignKey(Counselling, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = SealedText(school=None)  # bound to its row: nobody else can open it to seal it anew at another school
    heirs = ArrayField(models.UUIDField(), default=list)  # successors to whom it was handed over
    scope = SchoolScope(
        student="student_id", gates=("notes",), reader="by_id", readers="heirs", writes=("INSERT", "UPDATE (heirs)")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["counselling", "version"], name="process_note_version_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="process_note_counts_from_one"),
        ]
