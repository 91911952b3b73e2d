"""The thread of a report: what the school answered and what the writer wrote again. Append-only, sealed."""

from uuid import uuid4

from django.db import models

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class Message(models.Model):
    """One message. `by` is empty when the writer of the report wrote it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    text = SealedText()
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["report", "at"])]


class ConcernMessage(Message):
    """In the thread of a concern or a letter."""

    report = models.ForeignKey("concerns.Concern", on_delete=models.PROTECT, related_name="+")
    scope = SchoolScope(gates=("concerns",), writes=("INSERT", "UPDATE (text)"))  # the text is sealed anew


class BullyingMessage(Message):
    """In the thread of a report to the committee."""

    report = models.ForeignKey("concerns.BullyingReport", on_delete=models.PROTECT, related_name="+")
    scope = SchoolScope(gates=("bullying",), writes=("INSERT", "UPDATE (text)"))
