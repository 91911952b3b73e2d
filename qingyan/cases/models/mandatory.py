"""The record of a mandatory report: which of the nine situations, to whom, when, under which number, with what result.

Its circle is narrower than the case's: whoever wrote it and the people named in the row, by a policy of the database.
Results are appended. The texts are bound to their row, not to the school.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from qingyan.cases.models.case import Case
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText

WRITES = ("INSERT", "UPDATE (readers)")  # a successor is let in (ADR 0035); nothing else is changed


class MandatoryRecord(models.Model):
    """One report to an authority. `content` is JSON: situations, facts, authority, how, receipt number."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    law = models.CharField(max_length=40)
    guardian_suspected = models.BooleanField()
    readers = ArrayField(models.UUIDField())
    content = SealedText(school=None)
    scope = SchoolScope(
        student="student_id", gates=("mandatory",), readers="readers", writes=("INSERT", "UPDATE (readers)")
    )

    class Meta:
        indexes = [models.Index(fields=["school", "case"])]


class MandatoryResult(models.Model):
    """What came of it, appended: the authority's answer, a decision, a protection order."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(MandatoryRecord, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    readers = ArrayField(models.UUIDField())
    text = SealedText(school=None)
    scope = SchoolScope(
        student="student_id", gates=("mandatory",), readers="readers", writes=("INSERT", "UPDATE (readers)")
    )
