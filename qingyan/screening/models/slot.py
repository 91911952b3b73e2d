"""When which classes of a school sit down to a round, and where. No pupil's data."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import Unscoped
from qingyan.screening.models.campaign import Campaign


class Slot(models.Model):
    """A lesson in which pupils may begin. Without a regular slot for a class its whole window is open (ADR 0014).

    `classes` holds ids of the school's classes; empty means all. An array, because a pupil's narrow role reads it in
    the one query that lists the tests, and a slot is written once and read by everybody.
    """

    REGULAR, MAKE_UP = "regular", "make_up"
    KINDS = ((REGULAR, _("统一场次")), (MAKE_UP, _("补测场次")))

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    kind = models.CharField(max_length=8, choices=KINDS, default=REGULAR)
    room = models.CharField(_("地点"), max_length=40, blank=True)
    classes = ArrayField(models.BigIntegerField(), default=list, blank=True)
    scope = Unscoped(
        reason="times and rooms of a round; holds no pupil's data",
        writes=("INSERT", "UPDATE", "DELETE"),
        narrow=("SELECT",),
        bureau=True,
    )

    class Meta:
        ordering = ["starts_at", "room"]
        indexes = [models.Index(fields=["school", "campaign"], name="slot_of_a_school")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="slot_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=("regular", "make_up")), name="slot_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.room or str(self.starts_at)
