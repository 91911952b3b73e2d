"""How a sheet was answered, as far as it can be told (gate "results"); a hint for readers, no fact of the pupil."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.screening.models.campaign import Campaign
from qingyan.screening.models.sitting import Sitting


class Reading(models.TextChoices):
    """What a counsellor decided about a doubtful sheet. None of them changes a score, an alert or the file."""

    OPEN = "open", _("还没有看")
    COUNTS = "counts", _("照常看")
    TALK = "talk", _("见面时再了解")
    AGAIN = "again", _("已私下请他再做")


class AnsweringQuality(models.Model):
    """The verdict on one sheet, with its signs, by a named version of the rules, learned from `learned_from` sheets."""

    sitting = models.OneToOneField(Sitting, on_delete=models.CASCADE, primary_key=True, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    doubtful = models.BooleanField(default=False)
    signs = ArrayField(models.CharField(max_length=30), default=list)
    weight = models.FloatField(null=True)
    total_ms = models.IntegerField(null=True)
    learned_from = models.PositiveIntegerField(default=0)
    rule_version = models.CharField(max_length=20)
    assessed_at = models.DateTimeField()
    reading = models.CharField(max_length=10, choices=Reading.choices, default=Reading.OPEN)
    read_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    read_at = models.DateTimeField(null=True)
    scope = SchoolScope(student="student_id", class_="school_class_id", gates=("results",))

    class Meta:
        indexes = [
            models.Index(fields=["school", "campaign", "doubtful"]),
            models.Index(fields=["school", "student"]),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(reading__in=Reading.values), name="quality_reading_is_known"),
            models.CheckConstraint(
                condition=models.Q(reading=Reading.OPEN) | models.Q(read_at__isnull=False),
                name="quality_reading_says_when",
            ),
        ]
