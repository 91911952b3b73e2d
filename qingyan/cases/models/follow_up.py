"""A follow-up: somebody looked at the pupil again, and how they would rate it now. Appended, never changed."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.cases.models.case import Case
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class FollowUp(models.Model):
    """One look. `proposed_level` is a proposal for the next panel; `level` is what held then."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    level = models.CharField(max_length=40)
    proposed_level = models.CharField(max_length=40)
    words = SealedText()
    scope = SchoolScope(student="student_id", gates=("cases",), writes=("INSERT",))

    class Meta:
        indexes = [models.Index(fields=["school", "case", "-at"])]
