"""Norms that a city computed from a round of its own: written once. No row about fewer than 30 pupils."""

from uuid import uuid4

from django.db import models

from qingyan.foundation.access.scoping import Unscoped

GROUPED = (("grade", "grade"), ("age", "age"))


class LocalNorm(models.Model):
    """One computation: from which round, when, by which rule, and what was left out.

    One a round, instrument and rule: a second one that differs by a pupil would tell about that pupil.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+")
    campaign = models.UUIDField()
    campaign_title = models.CharField(max_length=80)
    instrument = models.CharField(max_length=40)
    instrument_version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    group_by = models.CharField(max_length=5, choices=GROUPED)
    rule_version = models.CharField(max_length=20)
    sheets = models.PositiveIntegerField(null=True)
    left_out = models.JSONField(default=dict)
    too_small = models.JSONField(default=list)
    computed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    computed_at = models.DateTimeField()
    scope = Unscoped(
        reason="figures of groups of at least 30 pupils, rounded; holds no pupil's data",
        writes=("INSERT",),
        narrow=("SELECT",),
        bureau=True,
    )

    class Meta:
        ordering = ["-computed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "instrument", "rule_version"], name="local_norm_once_a_round_and_rule"
            ),
            models.CheckConstraint(
                condition=models.Q(group_by__in=[code for code, _name in GROUPED]), name="local_norm_group_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.instrument_version} · {self.campaign_title}"


class LocalNormCell(models.Model):
    """One scale in one group of pupils of one sex."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    norm = models.ForeignKey(LocalNorm, on_delete=models.PROTECT, related_name="+")
    group = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=1)
    scale = models.CharField(max_length=40)
    n = models.PositiveIntegerField()
    mean = models.FloatField()
    sd = models.FloatField()
    percentiles = models.JSONField()
    scope = Unscoped(
        reason="figures of a group of at least 30 pupils, rounded; holds no pupil's data",
        writes=("INSERT",),
        narrow=("SELECT",),
        bureau=True,
    )

    class Meta:
        ordering = ["scale", "group", "sex"]
        constraints = [
            models.UniqueConstraint(fields=["norm", "group", "sex", "scale"], name="local_norm_cell_once"),
            models.CheckConstraint(condition=models.Q(n__gte=30), name="local_norm_cell_is_large_enough"),
        ]
