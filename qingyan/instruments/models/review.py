"""What the city decided about an instrument version, and who signed its sensitive items. Rows are only ever added."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import Unscoped
from qingyan.instruments.rules.review import Verdict

LOWEST_GRADE, HIGHEST_GRADE = 1, 12


class ReviewDecision(models.Model):
    """One decision of a city about one version; the newest counts, the earlier ones stay as its history.

    `digest` is the file's: a decision about other bytes counts for nothing. `looked_at` are rules/review.Look codes.
    """

    VERDICTS = (
        (Verdict.APPROVED.value, _("可以使用")),
        (Verdict.LIMITED.value, _("限年级使用")),
        (Verdict.REFUSED.value, _("不可使用")),
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    instrument_version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    grade_from = models.PositiveSmallIntegerField(_("从"), default=LOWEST_GRADE)
    grade_to = models.PositiveSmallIntegerField(_("到"), default=HIGHEST_GRADE)
    looked_at = models.JSONField(default=list)
    note = models.TextField(_("审核意见"), max_length=1000)
    demo = models.BooleanField(default=False)
    decided_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField()
    scope = Unscoped(
        reason="what the city decided about a released file; holds no pupil's data",
        writes=("INSERT",),
        narrow=("SELECT",),
        bureau=True,
    )

    class Meta:
        ordering = ["-decided_at"]
        indexes = [models.Index(fields=["city", "instrument", "instrument_version"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict__in=[one.value for one in Verdict]), name="review_verdict_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    grade_from__gte=LOWEST_GRADE, grade_to__gte=models.F("grade_from"), grade_to__lte=HIGHEST_GRADE
                ),
                name="review_grades_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.instrument_version} · {self.verdict}"


class ItemSignature(models.Model):
    """Somebody read a sensitive item and says from which grade it may be asked; no grade: not at all."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    instrument_version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    item = models.CharField(max_length=40)
    lowest_grade = models.PositiveSmallIntegerField(_("最低年级"), null=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    demo = models.BooleanField(default=False)
    signed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    signed_at = models.DateTimeField()
    scope = Unscoped(
        reason="who answers for a sensitive item of a released file; holds no pupil's data",
        writes=("INSERT",),
        narrow=("SELECT",),
        bureau=True,
    )

    class Meta:
        ordering = ["-signed_at"]
        indexes = [models.Index(fields=["city", "instrument", "instrument_version"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lowest_grade__isnull=True)
                | models.Q(lowest_grade__gte=LOWEST_GRADE, lowest_grade__lte=HIGHEST_GRADE),
                name="item_signature_grade_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.instrument_version} {self.item}"
