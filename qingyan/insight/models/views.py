"""What an analyst keeps of the explorer: a name and the choice that was made. No figure, no pupil."""

from uuid import uuid4

from django.db import models

from qingyan.foundation.access.scoping import Owned
from qingyan.insight.models.released import Level

REASON = "a name and a choice of dimensions that an analyst of the bureau keeps; no figure, no pupil's data"


class SavedView(models.Model):
    """One kept choice. `shared`: colleagues of the same place see it too; the owner alone removes it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=Level.choices)
    place = models.BigIntegerField()  # whose analysts: the district's or the city's number
    name = models.CharField(max_length=60)
    choice = models.CharField(max_length=400)  # the query of the explorer's address, in its fixed order
    shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    scope = Owned(reason=REASON, writes=("INSERT", "DELETE"))

    class Meta:
        ordering = ["-saved_at", "id"]
        indexes = [models.Index(fields=["level", "place", "-saved_at"], name="saved_views_of_a_place")]
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=["district", "city"]), name="saved_view_level_is_known")
        ]

    def __str__(self) -> str:
        return self.name
