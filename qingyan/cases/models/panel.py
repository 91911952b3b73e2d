"""A meeting about one pupil (研判会): who was asked, who came, what they voted for, the minutes, and the leader's word.

A level stands here first; only the leader's approval brings it into the case.
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.cases.models.case import Case
from qingyan.cases.workflow import MEETING
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class Panel(models.Model):
    """One meeting. `decision`: a level's code, "watch" or "again"; `level`: the level that holds during a watch."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=MEETING.choices(), default=MEETING.initial)
    convened_at = models.DateTimeField()
    convened_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    meets_at = models.DateTimeField(_("开会时间"))
    materials = models.JSONField(default=list)
    brief = SealedText()
    held_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=40, blank=True)
    criteria = models.JSONField(default=list)
    minutes = SealedText(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    answer = SealedText(null=True)
    scope = SchoolScope(student="student_id", gates=("cases", "case_leader"))

    class Meta:
        indexes = [models.Index(fields=["school", "case", "-convened_at"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=MEETING.states()), name="panel_state_is_known"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state__in=("convened", "held")), name="one_open_panel_a_case"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved")
                | models.Q(answered_by__isnull=False, answered_at__isnull=False, held_at__isnull=False),
                name="panel_approved_by_a_named_person",
            ),
        ]


class PanelMember(models.Model):
    """One seat. Without an account: an expert from outside, by name."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=60)
    leads = models.BooleanField(default=False)
    attended = models.BooleanField(default=False)
    vote = models.CharField(max_length=40, blank=True)
    signed = models.BooleanField(default=False)
    scope = SchoolScope(student="student_id", gates=("cases", "case_leader"))

    class Meta:
        indexes = [models.Index(fields=["school", "panel"])]
        constraints = [models.UniqueConstraint(fields=["panel", "account", "name"], name="member_once_a_panel")]
