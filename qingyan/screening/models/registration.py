"""A test that a school itself wants to run: what it asked the city for, and everything that was said about it."""

from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import Unscoped
from qingyan.screening.workflow import REGISTRATION


class Registration(models.Model):
    """One request. `instrument` and `version` are blank for a test that is not in the library."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(_("量表"), max_length=40, blank=True)
    version = models.CharField(max_length=20, blank=True)
    title = models.CharField(_("测评名称"), max_length=80)
    items = models.PositiveSmallIntegerField(_("题数"), validators=[MinValueValidator(1), MaxValueValidator(1000)])
    purpose = models.TextField(_("用途"), max_length=500)
    grade_from = models.PositiveSmallIntegerField(_("从"))
    grade_to = models.PositiveSmallIntegerField(_("到"))
    opens_on = models.DateField(_("开始日期"))
    closes_on = models.DateField(_("结束日期"))
    run_by = models.CharField(_("由谁组织"), max_length=80)
    state = models.CharField(max_length=12, choices=REGISTRATION.choices(), default=REGISTRATION.initial)
    filed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    filed_at = models.DateTimeField()
    scope = Unscoped(
        reason="a school's request to run a test; holds no pupil's data",
        writes=("INSERT", "UPDATE"),
        narrow=("SELECT",),
        bureau=True,
    )

    class Meta:
        ordering = ["-filed_at"]
        indexes = [models.Index(fields=["school", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=REGISTRATION.states()), name="registration_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    grade_from__gte=1, grade_to__gte=models.F("grade_from"), grade_to__lte=12, items__gte=1
                ),
                name="registration_grades_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="registration_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RegistrationStep(models.Model):
    """One thing that happened to a request: filed, asked back, filed again, approved, refused, withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=12)
    note = models.TextField(max_length=500, blank=True)
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    scope = Unscoped(
        reason="what was said about a school's request; holds no pupil's data", writes=("INSERT",), bureau=True
    )

    class Meta:
        ordering = ["at"]
