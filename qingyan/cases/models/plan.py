"""Plans: the safety plan written with the pupil, the individual plan (一生一策). Versions, never overwritten."""

from uuid import uuid4

from django.db import models

from qingyan.cases.models.case import Case
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class PlanKind(models.TextChoices):
    """Which plan."""

    SAFETY = "safety"
    CARE = "care"


class Plan(models.Model):
    """One version of one plan. `content`: sealed JSON text of its parts (rules/plans.py)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=PlanKind.choices)
    version = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()
    content = SealedText()
    scope = SchoolScope(student="student_id", gates=("cases",), writes=("INSERT",))

    class Meta:
        indexes = [models.Index(fields=["school", "case", "kind", "-version"])]
        constraints = [models.UniqueConstraint(fields=["case", "kind", "version"], name="plan_version_once")]


class PlanTask(models.Model):
    """What a plan asks of somebody. Whether it is done, its to-do tells (kind task, key this id)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    words = SealedText()
    scope = SchoolScope(student="student_id", gates=("cases",), writes=("INSERT",))

    class Meta:
        indexes = [models.Index(fields=["school", "plan"])]
