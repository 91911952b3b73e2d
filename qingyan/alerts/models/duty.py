"""Duty: who stands at which place of a school, who is away, every hand-over of an alert, and calls to the district."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope, Unscoped


class Place(models.TextChoices):
    """A rung of the ladder. Codes as in the duty pack."""

    COUNSELLOR = "counsellor", _("值班心理教师")
    DEPUTY = "deputy", _("副岗")
    LEADER = "leader", _("校领导")
    DISTRICT = "district", _("区里")


class Hours(models.TextChoices):
    """When somebody is on duty."""

    ALWAYS = "always", _("始终")
    SCHOOL_TIME = "school_time", _("上课时间")
    OUTSIDE = "outside", _("夜间和节假日")


class Why(models.TextChoices):
    """Why an alert came to its owner."""

    RAISED = "raised", _("新提示")
    TIME_OUT = "time_out", _("时间到，没有人确认")
    ABSENT = "absent", _("原负责人请假")
    LEFT = "left", _("原负责人不在本校任职")
    GIVEN = "given", _("分派")
    TAKEN = "taken", _("确认，由本人处理")
    RELEASED = "released", _("交还后重新计时")


class DutyPost(models.Model):
    """That the school named somebody for a place of the ladder; without one the post decides (policy of the pack)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("岗位"), max_length=12, choices=Place.choices)
    hours = models.CharField(_("时间"), max_length=12, choices=Hours.choices, default=Hours.ALWAYS)
    rank = models.PositiveSmallIntegerField(_("次序"), default=0)
    scope = SchoolScope(writes=("INSERT", "DELETE"))

    class Meta:
        ordering = ["place", "rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "account", "place", "hours"], name="duty_post_once"),
            models.CheckConstraint(
                condition=models.Q(place__in=["counsellor", "deputy", "leader"]), name="duty_post_of_a_school"
            ),
        ]


class Absence(models.Model):
    """A member of staff is away from this school for a time, and who acts meanwhile. It may end early."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    starts_at = models.DateTimeField(_("从"))
    ends_at = models.DateTimeField(_("到"))
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    scope = SchoolScope(writes=("INSERT", "UPDATE (ends_at)"))

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["school", "ends_at"], name="absence_of_a_school")]
        constraints = [
            # An absence that is called off before it begins ends where it starts.
            models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("starts_at")), name="absence_ends_later"),
            models.CheckConstraint(condition=~models.Q(deputy=models.F("account")), name="absence_deputy_is_another"),
        ]


class Handing(models.Model):
    """One hand-over of an alert; a step of a round has one. It names nobody but staff."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    alert = models.ForeignKey("alerts.Alert", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=12, choices=Place.choices)
    origin = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    owner = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=12, choices=Why.choices)
    passed_over = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    scope = SchoolScope(gates=("alerts", "duty"), writes=("INSERT",))

    class Meta:
        ordering = ["at", "round", "step"]
        indexes = [models.Index(fields=["school", "alert"], name="handing_of_an_alert")]
        constraints = [
            # Two workers that race write one of these; the loser's transaction fails and nothing of it remains.
            models.UniqueConstraint(fields=["alert", "round", "step"], name="alert_handed_once_a_step"),
        ]


class DistrictCall(models.Model):
    """A school has not answered an urgent alert in time, and the district is asked to ring it up. Names no pupil."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    alert = models.UUIDField()
    round = models.PositiveSmallIntegerField()
    owner = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    called_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    scope = Unscoped(
        reason="that a school has not answered in time; names a school and staff, no pupil and no reason",
        writes=("INSERT", "UPDATE"),
    )

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [models.UniqueConstraint(fields=["alert", "round"], name="district_called_once_a_round")]
