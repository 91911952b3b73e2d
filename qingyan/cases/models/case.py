"""A case: that people look after one pupil, who carries it, in which state, by when. One open case a pupil.

It holds no text about the pupil; that stands sealed in the tables of its papers. `urgency` says how soon somebody must
look and comes from what opened the case; `level` is people's word alone, empty until a panel has decided.
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.cases.workflow import CASE, OPEN_STATES
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class Source(models.TextChoices):
    """What opened the case, or joined it."""

    ALERT = "alert", _("预警")
    CONCERN = "concern", _("教师或同学反映")
    SCREENING = "screening", _("测评后的进一步了解")
    HAND = "hand", _("心理教师发起")


class Case(models.Model):
    """One pupil in care. `crisis` follows the level, and before there is one, the urgency."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(_("个案编号"), max_length=12, unique=True)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(max_length=40)
    urgency = models.CharField(_("紧急程度"), max_length=40)
    level = models.CharField(_("等级"), max_length=40, blank=True)
    crisis = models.BooleanField(default=False)
    state = models.CharField(_("状态"), max_length=20, choices=CASE.choices(), default=CASE.initial)
    owner = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    opened_at = models.DateTimeField(_("开始"))
    opened_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    since = models.DateTimeField(_("进入这一步"))
    due_at = models.DateTimeField(_("期限"), null=True)
    next_due_at = models.DateTimeField(null=True)  # the earliest of due_at and the open todos; what the queue sorts by
    guardian_withheld = models.BooleanField(default=False)  # a guardian may be the source of harm
    ended_at = models.DateTimeField(null=True)
    scope = SchoolScope(student="student_id", gates=("cases", "case_leader"))

    class Meta:
        indexes = [
            models.Index(fields=["school", "state", "next_due_at"]),
            models.Index(fields=["school", "owner", "state"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "student"],
                condition=models.Q(state__in=OPEN_STATES),
                name="one_open_case_a_pupil",
            ),
            models.CheckConstraint(condition=models.Q(state__in=CASE.states()), name="case_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=OPEN_STATES, due_at__isnull=False, ended_at__isnull=True)
                | (~models.Q(state__in=OPEN_STATES) & models.Q(due_at__isnull=True, ended_at__isnull=False)),
                name="an_open_case_has_a_deadline",
            ),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=False)
                | models.Q(state="candidate")
                | ~models.Q(state__in=OPEN_STATES)
                | models.Q(state="seal_asked"),
                name="case_beyond_candidate_has_an_owner",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("quiet_watch", "closed", "sealed"), crisis=True)
                & ~models.Q(state__in=("quiet_watch", "closed"), level=""),
                name="no_crisis_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class CaseSource(models.Model):
    """One thing that led to the case: an alert, somebody's concern. `source` is its id in its own domain, if any."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Source.choices)
    source = models.UUIDField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    note = SealedText(_("说明"), null=True)
    scope = SchoolScope(student="student_id", gates=("cases",), writes=("INSERT",))

    class Meta:
        indexes = [models.Index(fields=["school", "case"])]
        constraints = [models.UniqueConstraint(fields=["kind", "source"], name="source_joins_one_case")]
