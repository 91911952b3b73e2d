"""How far the city lets the order be helped: one row a step, never changed; the newest says what holds."""

from django.db import models

from qingyan.early_warning.workflow import PHASE
from qingyan.foundation.access.scoping import Unscoped


class PhaseStep(models.Model):
    """One step. `by` is empty when the nightly watch took it; `model` is the number of the model that it is about.

    `reason` and `figures`: why an officer let the model order, and by which figures of its trial; or what sent it back.
    """

    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=20)
    origin = models.CharField(max_length=10)
    target = models.CharField(max_length=10, choices=PHASE.choices())
    model = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    figures = models.JSONField(null=True)
    scope = Unscoped(reason="what a city switched on or off; holds no pupil's data", writes=("INSERT",), bureau=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["city", "number"], name="phase_step_follows_one"),
            models.CheckConstraint(condition=models.Q(target__in=PHASE.states()), name="phase_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.origin} → {self.target}"
