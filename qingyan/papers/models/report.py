"""One month of one school in counts: who made, checked, signed it, and when it was handed to the district.

It holds no person. Small numbers are in it, for the school's own people and, once handed in, for the bureau; the bureau
reads it only through counting.monthly_reports, which shows what was handed in and nothing before.
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.papers.workflow import REPORT


class MonthlyReport(models.Model):
    """`counts`: {"levels": [{level, words, opened, in_care, closed}], "referred": n, "on_leave": n, "incidents": n}."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("月份"))
    state = models.CharField(max_length=12, choices=REPORT.choices(), default=REPORT.initial)
    counts = models.JSONField(default=dict)
    zero = models.BooleanField(_("零报告"), default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    handed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why it came back the last time; no person in it
    scope = SchoolScope(
        gates=("cases", "case_leader"), counted=("school_id", "month", "state", "counts", "zero", "handed_at")
    )

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["school", "month"], name="one_report_a_month"),
            models.CheckConstraint(condition=models.Q(state__in=REPORT.states()), name="report_state_is_known"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="report_month_is_its_first_day"),
            models.CheckConstraint(
                condition=models.Q(state="made") | models.Q(checked_by__isnull=False, checked_at__isnull=False),
                name="report_checked_by_a_named_person",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("made", "checked"))
                | (
                    models.Q(signed_by__isnull=False, signed_at__isnull=False)
                    & ~models.Q(signed_by=models.F("checked_by"))
                ),
                name="report_signed_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
