"""What a counsellor wrote down of a talk. Appended, never overwritten: a correction is a new version of the same talk.

All words are sealed in `content` (JSON text: the guide's answers, the nine situations, why this level is proposed).
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.cases.models.case import Case
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class Interview(models.Model):
    """One version of one talk. `proposed_level` is the counsellor's proposal to the panel, no level of the pupil."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField(_("谈话时间"))
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    guide = models.CharField(max_length=40)
    law = models.CharField(max_length=40)
    proposed_level = models.CharField(max_length=40)
    must_report = models.BooleanField()
    guardian_suspected = models.BooleanField()
    content = SealedText()
    scope = SchoolScope(student="student_id", gates=("cases",), writes=("INSERT",))

    class Meta:
        indexes = [models.Index(fields=["school", "case", "number", "version"])]
        constraints = [
            models.UniqueConstraint(fields=["case", "number", "version"], name="interview_version_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1, version__gte=1), name="interview_counts_from_one"),
        ]
