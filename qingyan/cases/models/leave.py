"""Leave of a pupil and the return to school: where it stands, and each step with its sealed words.

The leader's gate opens these rows too, since a leader decides; no interview and no note of the case is among them.
"""

from uuid import uuid4

from django.db import models

from qingyan.cases.models.case import Case
from qingyan.cases.workflow import LEAVE, OPEN_LEAVE
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText

GATES = ("cases", "case_leader")


class Leave(models.Model):
    """`decided_by` decided on the last return; `appeal_decided_by` must be somebody else, also for the database."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    guide = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=LEAVE.choices(), default=LEAVE.initial)
    opened_at = models.DateTimeField()
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    appeal_decided_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    scope = SchoolScope(student="student_id", gates=GATES)

    class Meta:
        indexes = [models.Index(fields=["school", "state", "due_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "student"], condition=models.Q(state__in=OPEN_LEAVE), name="one_open_leave_a_pupil"
            ),
            models.CheckConstraint(condition=models.Q(state__in=LEAVE.states()), name="leave_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(appeal_decided_by__isnull=True)
                | (models.Q(decided_by__isnull=False) & ~models.Q(appeal_decided_by=models.F("decided_by"))),
                name="an_appeal_is_decided_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=OPEN_LEAVE, ended_at__isnull=True, due_at__isnull=False)
                | (~models.Q(state__in=OPEN_LEAVE) & models.Q(ended_at__isnull=False, due_at__isnull=True)),
                name="an_open_leave_has_a_deadline",
            ),
        ]


class LeaveStep(models.Model):
    """One row of the history, never changed. `conditions` of a return stand beside the note."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    leave = models.ForeignKey(Leave, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=20)
    origin = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20)
    note = SealedText(null=True)
    conditions = SealedText(null=True)
    scope = SchoolScope(student="student_id", gates=GATES, writes=("INSERT",))

    class Meta:
        indexes = [models.Index(fields=["school", "leave", "at"])]
