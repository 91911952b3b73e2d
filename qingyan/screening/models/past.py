"""What earlier rounds tell of a cut-off: counts of large groups, no person."""

from django.db import models

from qingyan.foundation.access.scoping import Unscoped
from qingyan.screening.models.campaign import Campaign
from qingyan.screening.rules.capacity import FEWEST


class PastShare(models.Model):
    """How many sheets of one school (grade 0: of all its grades) reached one screening rule in a round that is over.

    Kept for every rule of the instrument, so that a plan can compare them. Never fewer than FEWEST sheets (rules/past).
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField()
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    rule = models.CharField(max_length=40)
    asked = models.PositiveIntegerField()
    positive = models.PositiveIntegerField()
    counted_at = models.DateTimeField()
    scope = Unscoped(
        reason="counts of at least 30 sheets of a round that is over; no person",
        writes=("INSERT", "DELETE"),
        bureau=True,
    )

    class Meta:
        ordering = ["grade"]
        indexes = [models.Index(fields=["instrument", "rule"], name="past_share_of_a_rule")]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "school", "grade", "instrument", "rule"], name="past_share_once"
            ),
            models.CheckConstraint(
                condition=models.Q(asked__gte=FEWEST, positive__lte=models.F("asked")), name="past_share_of_many"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument}:{self.rule}"
