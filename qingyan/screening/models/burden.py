"""What the city asks of every round: limits of the test burden. No person."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import Unscoped


class BurdenLimits(models.Model):
    """The limits of one city; a city without a row has the defaults of rules/burden.Limits."""

    city = models.OneToOneField("organisations.City", on_delete=models.PROTECT, related_name="+")
    min_days = models.PositiveSmallIntegerField(
        _("同一份量表至少间隔（天）"), default=14, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    items_per_term = models.PositiveSmallIntegerField(
        _("一个年级每学期最多（题）"), default=300, validators=[MinValueValidator(20), MaxValueValidator(2000)]
    )
    scope = Unscoped(
        reason="a rule of the city; holds no person",
        writes=("INSERT", "UPDATE"),
        narrow=("SELECT",),
        bureau=True,
    )

    def __str__(self) -> str:
        return str(self.city_id)
