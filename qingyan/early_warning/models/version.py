"""A model that was learned from outcomes of a city: its weights and its card. Never changed; a new one has a number."""

from django.db import models

from qingyan.foundation.access.scoping import Unscoped


class ModelVersion(models.Model):
    """`weights` and `card` are rules/card.py's; they hold shares and sums of a city, no row of anybody."""

    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    pack = models.CharField(max_length=40)
    weights = models.JSONField()
    card = models.JSONField()
    learned_at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    scope = Unscoped(
        reason="weights and measures over all schools of a city; no row of a pupil", writes=("INSERT",), bureau=True
    )

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["city", "number"], name="model_number_once_a_city")]

    def __str__(self) -> str:
        return f"{self.number}"
