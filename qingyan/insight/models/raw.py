"""Exact counts of one school (gate "cube", which no post has): only the job that builds the cube reads them."""

from django.db import models

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.insight.rules.topics import TOPICS


class RawCell(models.Model):
    """One cell. `told`: the count behind what was last told of the school; `told_above`: of its district."""

    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=12)
    round = models.ForeignKey("screening.Campaign", on_delete=models.PROTECT, related_name="+", null=True)
    term = models.ForeignKey("organisations.Term", on_delete=models.PROTECT, related_name="+", null=True)
    part = models.CharField(max_length=90, blank=True)
    band = models.CharField(max_length=16, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    category = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    told = models.PositiveIntegerField(null=True)
    told_above = models.PositiveIntegerField(null=True)
    counted_at = models.DateTimeField()
    scope = SchoolScope(
        gates=("cube",),
        writes=("INSERT", "UPDATE (count, counted_at, told, told_above)"),
        counted=(
            "id",
            "school_id",
            "topic",
            "round_id",
            "term_id",
            "part",
            "band",
            "sex",
            "category",
            "count",
            "told",
            "told_above",
        ),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "round", "term", "topic", "part", "band", "sex", "category"],
                nulls_distinct=False,
                name="raw_cell_once",
            ),
            models.CheckConstraint(
                condition=models.Q(round__isnull=False) ^ models.Q(term__isnull=False), name="raw_cell_has_an_occasion"
            ),
            models.CheckConstraint(condition=models.Q(topic__in=sorted(TOPICS)), name="raw_cell_topic_is_known"),
        ]
