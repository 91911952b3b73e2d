"""What was told: tables after disclosure control. Boards, files and the API read these and nothing else.

The database refuses a figure that is no multiple of 5, so that an exact count cannot be told by mistake.
"""

from uuid import uuid4

from django.db import models
from django.db.models.functions import Mod
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import Unscoped
from qingyan.insight.rules.safe import DISCLOSURE
from qingyan.insight.rules.topics import TOPICS

REASON = "figures after disclosure control: nothing from 1 to 7, everything rounded to 5; no person"


class Level(models.TextChoices):
    """Of which kind of place a table tells."""

    SCHOOL = "school", _("学校")
    DISTRICT = "district", _("区")
    CITY = "city", _("市")


class ReleasedTable(models.Model):
    """One topic of one place on one occasion. A newer release takes the mark `current`; the older one stays."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    level = models.CharField(max_length=8, choices=Level.choices)
    place = models.BigIntegerField()  # the number of the school, district or city
    topic = models.CharField(max_length=12)
    round = models.ForeignKey("screening.Campaign", on_delete=models.PROTECT, related_name="+", null=True)
    term = models.ForeignKey("organisations.Term", on_delete=models.PROTECT, related_name="+", null=True)
    number = models.PositiveIntegerField()
    released_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    current = models.BooleanField(default=True)
    scope = Unscoped(reason=REASON, writes=("INSERT", "UPDATE (current)"), bureau=True)

    class Meta:
        ordering = ["-released_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "place", "topic", "round", "term"],
                condition=models.Q(current=True),
                nulls_distinct=False,
                name="one_current_table",
            ),
            models.UniqueConstraint(
                fields=["level", "place", "topic", "round", "term", "number"],
                nulls_distinct=False,
                name="table_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(round__isnull=False) ^ models.Q(term__isnull=False), name="table_has_an_occasion"
            ),
            models.CheckConstraint(condition=models.Q(topic__in=sorted(TOPICS)), name="table_topic_is_known"),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="table_level_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.level}:{self.place}:{self.topic}:{self.number}"


class ReleasedCell(models.Model):
    """One figure; empty: not told. `partial`: a hidden part is missing from it."""

    table = models.ForeignKey(ReleasedTable, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=90, blank=True)
    band = models.CharField(max_length=16, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    category = models.CharField(max_length=40)
    shown = models.PositiveIntegerField(null=True)
    partial = models.BooleanField(default=False)
    scope = Unscoped(reason=REASON, writes=("INSERT",), bureau=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "part", "band", "sex", "category"], name="released_cell_once"),
            models.CheckConstraint(
                condition=models.Q(shown__isnull=True) | Exact(Mod("shown", DISCLOSURE.step), 0),
                name="released_figure_is_rounded",
            ),
            models.CheckConstraint(  # 8 is the smallest count that is told, and it is told as 10
                condition=models.Q(shown__isnull=True) | models.Q(shown=0) | models.Q(shown__gte=DISCLOSURE.smallest),
                name="released_figure_is_not_small",
            ),
        ]
