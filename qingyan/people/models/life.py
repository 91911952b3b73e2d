"""What happens to a pupil's file over the years: steps of schooling, transfers, promotions, merges.

A transfer is kept twice, one copy in each school's scope, because no request sees two schools (ADR 0003, ADR 0012).
The copies name the pupil without a foreign key: they stay where they are when the pupil's rows move.
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText
from qingyan.people import workflow
from qingyan.people.workflow import TRANSFER


class SchoolingStep(models.Model):
    """One step of a pupil's schooling: leave, return, left, graduated, moved. Its note is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    student = models.ForeignKey("people.Student", on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=20)
    origin = models.CharField(max_length=12)
    target = models.CharField(max_length=12)
    at = models.DateTimeField()
    place = models.CharField(_("地点"), max_length=80, blank=True)
    note = SealedText(_("说明"), null=True)
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    scope = SchoolScope(student="student_id", gates=("roster", "file"), writes=("INSERT", "UPDATE"))

    class Meta:
        indexes = [models.Index(fields=["school", "student", "-at"])]


class Direction(models.TextChoices):
    """Which of the two copies this is."""

    IN = workflow.IN, _("转入")
    OUT = workflow.OUT, _("转出")


class Transfer(models.Model):
    """One school's copy of a transfer: the least that says who is meant. `subject` is the pupil, once known.

    Both copies share `pair` and `state`. Names are sealed with the key of the school that holds the copy. `by_number`:
    the asker was told only that the pupil is at some school of the city (ADR 0011).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pair = models.UUIDField(default=uuid4)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    other_school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=3, choices=Direction.choices, default=Direction.OUT)
    state = models.CharField(max_length=12, choices=TRANSFER.choices(), default=TRANSFER.initial)
    subject = models.UUIDField(null=True)
    name = SealedText(_("姓名"), null=True)
    born = SealedText(_("出生日期"), null=True)
    sex = models.CharField(_("性别"), max_length=1, blank=True)
    reason = SealedText(_("原因"), null=True)
    by_number = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    waiting_since = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    scope = SchoolScope(student="subject", gates=("roster",), counted=("school_id", "direction", "state"))

    class Meta:
        indexes = [models.Index(fields=["school", "state", "-opened_at"])]
        constraints = [
            models.UniqueConstraint(fields=["pair", "direction"], name="transfer_has_two_copies"),
            models.UniqueConstraint(
                fields=["subject", "direction"],
                condition=models.Q(state__in=["asked", "offered"], subject__isnull=False),
                name="student_in_one_open_transfer",
            ),
            models.CheckConstraint(condition=models.Q(state__in=TRANSFER.states()), name="transfer_state_is_known"),
        ]

    @property
    def hides_school(self) -> bool:
        """Whether the holder of this copy may not know yet which school the other one is."""
        return self.by_number and self.direction == Direction.IN and self.state not in workflow.AGREED


class UndoableState(models.TextChoices):
    """Where a change with a way back stands."""

    PLANNED = "planned", _("准备中")
    DONE = "done", _("已完成")
    UNDONE = "undone", _("已撤销")


class Promotion(models.Model):
    """A school's turn of the year: which pupils stay back while it is planned, and what was done, to undo it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_year = models.ForeignKey("organisations.SchoolYear", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=UndoableState.choices, default=UndoableState.PLANNED)
    held_back = models.JSONField(default=list)
    done = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    scope = SchoolScope(gates=("roster",))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year"],
                condition=~models.Q(state="undone"),
                name="promotion_once_a_year",
            ),
        ]


class Merge(models.Model):
    """Two files of one pupil made one: which went, what moved, and, sealed, what stood there before."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    survivor = models.UUIDField()
    merged = models.UUIDField()
    state = models.CharField(max_length=12, choices=UndoableState.choices, default=UndoableState.DONE)
    moved = models.JSONField(default=dict)
    before = SealedText(null=True)
    done_at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    scope = SchoolScope(gates=("roster",))

    class Meta:
        indexes = [models.Index(fields=["school", "-done_at"])]
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=models.Q(state="done"), name="file_merged_once"),
        ]
