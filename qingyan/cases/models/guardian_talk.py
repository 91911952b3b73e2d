"""A talk with a guardian, by two members of staff; whether the notice was received or refused. Appended only."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.cases.models.case import Case
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class Outcome(models.TextChoices):
    """What became of the notice."""

    RECEIVED = "received", _("已签收告知书")
    REFUSED = "refused", _("拒绝签收，已记录")
    UNREACHABLE = "unreachable", _("没有联系上")


class GuardianTalk(models.Model):
    """One talk. A refusal names its witness; both staff are named, and they are two."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    relation = models.CharField(max_length=12)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    witness = models.CharField(max_length=60, blank=True)
    words = SealedText()
    scope = SchoolScope(student="student_id", gates=("cases", "case_leader"), writes=("INSERT",))

    class Meta:
        indexes = [models.Index(fields=["school", "case", "-at"])]
        constraints = [
            models.CheckConstraint(condition=~models.Q(by=models.F("second")), name="guardian_talk_by_two"),
            models.CheckConstraint(
                condition=~models.Q(outcome="refused") | ~models.Q(witness=""), name="refusal_names_a_witness"
            ),
        ]
