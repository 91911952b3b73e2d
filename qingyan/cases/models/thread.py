"""A crisis told to district and city: the thread of one case, and every report and answer in it.

The officers read it, so it names nobody: a case's code, a school, a level. There is no column of the pupil; the case
behind the thread is shut to them. The texts are sealed for the city, since district and school read the same rows.
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.cases.models.case import Case
from qingyan.cases.rules.crisis import ENDED, THREAD
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class EntryKind(models.TextChoices):
    """What an entry is; an officer writes that it was seen, or an answer; the school's leader gives a word."""

    ORAL = "oral", _("口头首报")
    FIRST = "first", _("书面首报")
    CONTINUED = "continued", _("续报")
    FINAL = "final", _("终报")
    SEEN = "seen", _("已收到")
    ANSWER = "answer", _("答复")
    APPROVED = "approved", _("校领导确认书面首报")
    OBJECTED = "objected", _("校领导有不同意见")


class CrisisThread(models.Model):
    """`due_at`: by when the school's next report must be there; empty once the final one is.

    `approval_due_at`: by when the school's leader should give a word on the first written report; empty while there is
    none to give, and once it is given.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("个案编号"), max_length=12)
    pack = models.CharField(max_length=40)
    level = models.CharField(_("等级"), max_length=40)
    state = models.CharField(_("状态"), max_length=12, choices=THREAD.choices(), default=THREAD.initial)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("期限"), null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    told_late_for = models.DateTimeField(null=True)  # the deadline about which everybody has been told
    approval_due_at = models.DateTimeField(null=True)
    told_approval_late_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    scope = SchoolScope(gates=("case_leader", "oversight"), overseen=True)

    class Meta:
        indexes = [
            models.Index(fields=["school", "state", "due_at"]),
            models.Index(
                fields=["school", "approval_due_at"],
                condition=models.Q(approval_due_at__isnull=False),
                name="thread_waits_for_its_leader",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=~models.Q(state=ENDED), name="one_open_crisis_thread_a_case"
            ),
            models.CheckConstraint(condition=models.Q(state__in=THREAD.states()), name="thread_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state=ENDED, due_at__isnull=True, ended_at__isnull=False)
                | (~models.Q(state=ENDED) & models.Q(due_at__isnull=False, ended_at__isnull=True)),
                name="an_open_thread_waits_for_a_report",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ThreadEntry(models.Model):
    """One report or answer, never changed. `due_at`: the deadline that this report answered."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey(CrisisThread, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    situation = models.CharField(max_length=40, blank=True)
    content = SealedText(school=None)
    scope = SchoolScope(gates=("case_leader", "oversight"), overseen=True, writes=("INSERT", "UPDATE (content)"))

    class Meta:
        indexes = [models.Index(fields=["school", "thread", "at"])]
