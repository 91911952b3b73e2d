"""Rounds that were marked as templates for rounds to come. No person."""

from django.db import models

from qingyan.foundation.access.scoping import Unscoped
from qingyan.screening.models.campaign import Campaign


class RoundTemplate(models.Model):
    """This round's plan may be started from: at its school, or everywhere in its city, also while it is a draft."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, primary_key=True, related_name="+")
    saved_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    saved_at = models.DateTimeField()
    scope = Unscoped(
        reason="which rounds are templates; holds no pupil's data",
        writes=("INSERT", "DELETE"),
        narrow=("SELECT",),
        bureau=True,
    )

    def __str__(self) -> str:
        return str(self.campaign_id)
