"""Alerts: that a rule found something in a pupil's answers or scores, with the reasons, and who took charge."""

from uuid import uuid4

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from qingyan.alerts.workflow import ALERT
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class Level(models.TextChoices):
    """How soon somebody should look. A proposal of the software; people set a pupil's level later."""

    RED = "red", _("红 · 当日")
    ORANGE = "orange", _("橙 · 48 小时")
    YELLOW = "yellow", _("黄 · 7 天")


class Alert(models.Model):
    """One finding about one sitting, or about one report. The same rule never raises twice for the same sitting."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    sitting = models.ForeignKey("screening.Sitting", on_delete=models.PROTECT, related_name="+", null=True)
    report = models.UUIDField(null=True)  # instead of a sitting: what came through a door, of either circle
    instrument = models.CharField(max_length=40)
    rule = models.CharField(max_length=60)
    rule_pack = models.CharField(max_length=40)
    level = models.CharField(_("级别"), max_length=10, choices=Level.choices)
    because = models.JSONField(_("理由"), default=list)
    state = models.CharField(max_length=14, choices=ALERT.choices(), default=ALERT.initial)
    raised_at = models.DateTimeField(_("提示时间"))
    due_at = models.DateTimeField(_("期限"), null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    note = SealedText(_("说明"), null=True)
    # Who has to act now. `step` counts along the ladder of the level, `round` how often the clock began anew.
    owner = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    owner_since = models.DateTimeField(null=True)
    step = models.PositiveSmallIntegerField(null=True)
    goes_on_at = models.DateTimeField(null=True)
    round = models.PositiveSmallIntegerField(default=0, db_default=0)
    # The order of the queue (rules/ordering.py): the earlier first; with what it was reckoned from.
    place_at = models.DateTimeField(db_default=Now())
    signs = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    weighed_at = models.DateTimeField(null=True)
    # What a higher domain adds to the order, with its reasons; counted in place_at (actions/hinting.py).
    hint_hours = models.PositiveSmallIntegerField(default=0, db_default=0)
    hint_because = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    # How it was closed: a reason of rules/closing.py, the words sealed; a critical one is read by a second person.
    close_reason = models.CharField(max_length=12, blank=True, default="", db_default="")
    close_note = SealedText(_("结束说明"), null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    second_reader = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    # Its case was found false: it leaves every list, as one that was sealed by itself does.
    sealed_with_case_at = models.DateTimeField(null=True)
    twin = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    scope = SchoolScope(student="student_id", class_="school_class_id", gates=("alerts",), narrow=("INSERT",))

    class Meta:
        indexes = [
            models.Index(fields=["school", "state", "raised_at"]),
            models.Index(fields=["school", "student"]),
            models.Index(fields=["school", "owner", "state"], name="alert_of_an_owner"),
            models.Index(fields=["sitting", "place_at"], name="alert_of_a_sheet"),
            models.Index(
                fields=["school", "place_at", "id"],
                condition=models.Q(state__in=("raised", "escalated")),
                name="alert_queue",
            ),
            models.Index(
                fields=["school", "goes_on_at"],
                condition=models.Q(state__in=("raised", "escalated")),
                name="alert_that_waits",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="alert_has_a_second_reader",
                condition=models.Q(second_reader__isnull=True) | ~models.Q(second_reader=models.F("closed_by")),
            ),
            models.CheckConstraint(
                name="alert_red_is_not_closed_by_one",
                condition=~models.Q(level="red", state__in=("dismissed", "sealed"))
                | models.Q(second_reader__isnull=False),
            ),
            models.CheckConstraint(
                name="alert_owner_stands_on_a_step",
                condition=models.Q(owner__isnull=True, owner_since__isnull=True, step__isnull=True)
                | models.Q(owner__isnull=False, owner_since__isnull=False, step__isnull=False),
            ),
            models.UniqueConstraint(fields=["sitting", "rule"], name="rule_raises_once_a_sitting"),
            models.UniqueConstraint(fields=["report", "student"], name="report_raises_once_a_pupil"),
            models.CheckConstraint(
                condition=models.Q(sitting__isnull=False) ^ models.Q(report__isnull=False),
                name="alert_of_a_sheet_or_of_a_report",
            ),
            models.CheckConstraint(condition=models.Q(state__in=ALERT.states()), name="alert_state_is_known"),
            models.CheckConstraint(
                name="alert_acknowledged_by_a_named_person",
                condition=models.Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | models.Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
        ]
