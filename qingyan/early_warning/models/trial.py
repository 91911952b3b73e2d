"""The trial of a model: where a sheet would have stood on its first night, sums night by night, who looked at them."""

from django.db import models

from qingyan.foundation.access.scoping import SchoolScope, Unscoped


class ShadowPlace(models.Model):
    """In which front a waiting sheet or report stood, in three orders, on the first night of the trial that saw it.

    `trial` is the number of the step that began it. No score, no pupil; read by nobody but the night's work, which
    holds a sight that no role has; deleted when the trial ends.
    """

    id = models.BigAutoField(primary_key=True)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    trial = models.PositiveIntegerField()
    thing = models.UUIDField()
    noted_at = models.DateTimeField()
    plain_capacity = models.BooleanField()
    points_capacity = models.BooleanField()
    model_capacity = models.BooleanField()
    plain_tenth = models.BooleanField()
    points_tenth = models.BooleanField()
    model_tenth = models.BooleanField()
    scope = SchoolScope(gates=("trial",), writes=("INSERT", "DELETE"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "trial", "thing"], name="thing_is_noted_once_a_trial")]

    def __str__(self) -> str:
        return f"{self.trial}"


class ModelNight(models.Model):
    """What one night found for the whole city: `figures` of the trial (rules/trial.py), `watch` (rules/watch.py)."""

    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+")
    step = models.PositiveIntegerField()
    night = models.DateField()
    at = models.DateTimeField()
    figures = models.JSONField(null=True)
    watch = models.JSONField()
    scope = Unscoped(reason="sums over all schools of a city; no row of a pupil", writes=("INSERT",), bureau=True)

    class Meta:
        ordering = ["-night"]
        constraints = [models.UniqueConstraint(fields=["city", "step", "night"], name="model_night_once")]

    def __str__(self) -> str:
        return f"{self.step}: {self.night}"


class GroupsRead(models.Model):
    """That a named person has looked at how the trial went for each group."""

    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+")
    step = models.PositiveIntegerField()
    read_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    scope = Unscoped(reason="who looked at sums of a city; holds no pupil's data", writes=("INSERT",), bureau=True)

    class Meta:
        ordering = ["-read_at"]
        indexes = [models.Index(fields=["city", "step", "-read_at"], name="groups_read_of_a_trial")]

    def __str__(self) -> str:
        return f"{self.step}: {self.read_at:%Y-%m-%d}"
