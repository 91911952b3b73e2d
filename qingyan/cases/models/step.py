"""The history of a case: one row a step, never changed. `note` is what the person said about it, sealed."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.cases.models.case import Case
from qingyan.cases.workflow import CASE
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class CaseStep(models.Model):
    """From one state to another (or the same: another owner), by whom, with the level and deadline that held."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    verb = models.CharField(max_length=20)
    origin = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20)
    level = models.CharField(max_length=40, blank=True)
    owner = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    due_at = models.DateTimeField(null=True)
    note = SealedText(_("说明"), null=True)
    scope = SchoolScope(student="student_id", gates=("cases", "case_leader"), writes=("INSERT",))

    class Meta:
        indexes = [models.Index(fields=["school", "case", "at"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(target__in=CASE.states()), name="step_leads_to_a_known_state"),
        ]
