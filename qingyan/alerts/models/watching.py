"""What the platform's own check found: times and counts, for operators. No school, no pupil."""

from uuid import uuid4

from django.db import models

from qingyan.foundation.access.scoping import Unscoped


class Sweep(models.Model):
    """One sweep over all schools. `missing`: alerts that should have been raised and were not, raised now;
    `unowned`: alerts that nobody owns although the keeper of time should have found somebody."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField()
    back_minutes = models.PositiveIntegerField()
    schools = models.PositiveIntegerField()
    failed = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    unowned = models.PositiveIntegerField(default=0)
    scope = Unscoped(reason="times and counts of the platform's own check; no school and no pupil")

    class Meta:
        ordering = ["-at", "id"]
        indexes = [models.Index(fields=["-at"], name="sweep_newest_first")]
