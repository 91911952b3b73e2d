"""How items were answered at one school, as sums (gate "cube", which no post has), and what was told of scales."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from qingyan.foundation.access.scoping import SchoolScope, Unscoped
from qingyan.insight.models.released import Level

TOLD = "coefficients over hundreds of sheets of several schools, rounded; counts after disclosure control; no person"


class RawMoments(models.Model):
    """Of one instrument in a round that is over, over its sheets: `complete` ones in `sums` and `products` (all pairs,
    row by row), all `sheets` in `missing`, `lowest` and `highest` (how many left each item, chose its ends)."""

    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey("screening.Campaign", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    sheets = models.PositiveIntegerField()
    complete = models.PositiveIntegerField()
    sums = ArrayField(models.FloatField())
    products = ArrayField(models.FloatField())
    missing = ArrayField(models.IntegerField())
    lowest = ArrayField(models.IntegerField())
    highest = ArrayField(models.IntegerField())
    counted_at = models.DateTimeField()
    scope = SchoolScope(
        gates=("cube",),
        writes=("INSERT", "DELETE"),
        counted=(
            "id",
            "school_id",
            "round_id",
            "instrument",
            "version",
            "sheets",
            "complete",
            "sums",
            "products",
            "missing",
            "lowest",
            "highest",
        ),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "round", "instrument", "version"], name="raw_moments_once")
        ]


class ReleasedScale(models.Model):
    """What is told of one scale of one place and round (`told`: rules/scales.py says what stands in it). A newer one
    takes the mark `current`; the older one stays."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    level = models.CharField(max_length=8, choices=Level.choices)
    place = models.BigIntegerField()
    round = models.ForeignKey("screening.Campaign", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    scale = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()  # of the scale in its instrument
    sheets = models.PositiveIntegerField()
    told = models.JSONField()
    number = models.PositiveIntegerField()
    released_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    current = models.BooleanField(default=True)
    scope = Unscoped(reason=TOLD, writes=("INSERT", "UPDATE (current)"), bureau=True)

    class Meta:
        ordering = ["instrument", "version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "place", "round", "instrument", "version", "scale"],
                condition=models.Q(current=True),
                name="one_current_scale",
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=["district", "city"]), name="released_scale_level_is_known"
            ),
            models.CheckConstraint(condition=models.Q(sheets__gte=100), name="released_scale_stands_on_many"),
        ]

    def __str__(self) -> str:
        return f"{self.level}:{self.place}:{self.instrument}:{self.scale}:{self.number}"
