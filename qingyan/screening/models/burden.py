"""What the city asks of every round: limits of the test burden, and why a round near them went on. No pupil."""

from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import Unscoped
from qingyan.screening.models.campaign import Campaign


class BurdenLimits(models.Model):
    """The limits of one city; a city without a row has the defaults of rules/burden.Limits."""

    city = models.OneToOneField("organisations.City", on_delete=models.PROTECT, related_name="+")
    min_days = models.PositiveSmallIntegerField(
        _("同一份量表至少间隔（天）"), default=14, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    items_per_term = models.PositiveSmallIntegerField(
        _("一个年级每学期最多（题）"), default=300, validators=[MinValueValidator(20), MaxValueValidator(2000)]
    )
    warn_days = models.PositiveSmallIntegerField(
        _("间隔超过下限不到几天时提醒（天）"), default=7, validators=[MaxValueValidator(180)]
    )
    warn_percent = models.PositiveSmallIntegerField(
        _("题数达到上限的百分之几时提醒"), default=80, validators=[MinValueValidator(10), MaxValueValidator(100)]
    )
    scope = Unscoped(
        reason="a rule of the city; holds no person",
        writes=("INSERT", "UPDATE"),
        narrow=("SELECT",),
        bureau=True,
    )

    def __str__(self) -> str:
        return str(self.city_id)


class BurdenReason(models.Model):
    """A round near the limits was opened, and why. `warnings` are the sentences that were shown. Only added."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("理由"), max_length=500)
    warnings = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    scope = Unscoped(
        reason="why a round near the limits was opened; holds no pupil's data",
        writes=("INSERT",),
        bureau=True,
    )

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["campaign"], name="burden_reason_of_a_round")]

    def __str__(self) -> str:
        return str(self.campaign_id)
