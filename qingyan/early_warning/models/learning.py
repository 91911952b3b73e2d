"""That somebody asked for a model: how far the work is, and how it ended. Counts of schools, nothing of a pupil."""

from django.db import models

from qingyan.early_warning.workflow import LEARNING, UNDER_WAY
from qingyan.foundation.access.scoping import Unscoped


class Learning(models.Model):
    """One run in the background. `gathered` of `schools` have been read; `model` is its number once there is one."""

    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=LEARNING.choices(), default=LEARNING.initial)
    gathered = models.PositiveIntegerField(default=0)
    schools = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()
    model = models.PositiveIntegerField(null=True)
    scope = Unscoped(
        reason="how far the learning of a city's model is; holds no pupil's data",
        writes=("INSERT", "UPDATE"),
        bureau=True,
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=LEARNING.states()), name="learning_state_is_known"),
            models.UniqueConstraint(
                fields=["city"], condition=models.Q(state__in=UNDER_WAY), name="one_learning_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.state}"
