"""The doors: what a school's help page says beside the numbers, and how often a sender or a token was seen lately."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope, Unscoped


class HelpNote(models.Model):
    """How the school is reached: a telephone, a place, the hours. Public, so no pupil's data."""

    school = models.OneToOneField("organisations.School", on_delete=models.PROTECT, primary_key=True, related_name="+")
    phone = models.CharField(_("值班电话"), max_length=40, blank=True)
    place = models.CharField(_("到哪里找人"), max_length=80, blank=True)
    hours = models.CharField(_("什么时候有人"), max_length=80, blank=True)
    scope = Unscoped(reason="what a school's public help page says; no person's data", narrow=("SELECT",))


class Knock(models.Model):
    """That a sender wrote, or a number was tried, at a moment. Keyed hashes only, forgotten after a quarter of an hour.

    Not tied to a report, so that an anonymous letter cannot be traced to a machine.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    token = models.BooleanField(default=False)
    at = models.DateTimeField()
    scope = SchoolScope(gates=("concerns", "bullying"), writes=("INSERT", "DELETE"))

    class Meta:
        indexes = [models.Index(fields=["school", "token", "key", "at"])]
