"""The scores of a finished sitting, and what stood there before a correction (gate "results")."""

from uuid import uuid4

from django.db import models

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.screening.models.campaign import Campaign
from qingyan.screening.models.sitting import Sitting

# What a corrected rule may change. A trigger keeps what stood there (migration 0008).
CORRECTIONS = 'UPDATE ("values", bands, not_scorable, screen, instrument_hash, rule_version, norm_version, scored_at)'


class Result(models.Model):
    """The scores of a finished sitting, naming instrument, version, content hash, norm and rule version."""

    sitting = models.OneToOneField(Sitting, on_delete=models.CASCADE, primary_key=True, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    instrument_hash = models.CharField(max_length=64)
    rule_version = models.CharField(max_length=20)
    norm_version = models.CharField(max_length=40, blank=True)
    values = models.JSONField()
    bands = models.JSONField(default=dict)
    not_scorable = models.JSONField(default=dict)
    screen = models.JSONField(default=dict)
    quality = models.JSONField(default=dict)
    scored_at = models.DateTimeField()
    scope = SchoolScope(
        student="student_id",
        class_="school_class_id",
        gates=("results",),
        writes=("INSERT", CORRECTIONS),
        narrow=("INSERT",),
    )

    class Meta:
        indexes = [models.Index(fields=["school", "campaign"]), models.Index(fields=["school", "student"])]


class EarlierResult(models.Model):
    """What a result said before it was scored again by a corrected rule. Written by a trigger, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    instrument_hash = models.CharField(max_length=64)
    rule_version = models.CharField(max_length=20)
    norm_version = models.CharField(max_length=40, blank=True)
    values = models.JSONField()
    bands = models.JSONField()
    not_scorable = models.JSONField()
    screen = models.JSONField()
    scored_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    scope = SchoolScope(student="student_id", class_="school_class_id", gates=("results",), writes=("INSERT",))

    class Meta:
        ordering = ["replaced_at"]
