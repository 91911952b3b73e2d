"""A file with names that somebody asked for: why, what is in it, who agreed, until when; and each time it was taken."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText
from qingyan.papers.workflow import EXPORT


class ExportKind(models.TextChoices):
    """What can be taken away with names."""

    OPEN = "register_open", _("在管学生台账")
    ENDED = "register_ended", _("已结案学生台账")


class Export(models.Model):
    """`fingerprint` is of the kind, its columns and whose rows: an approval holds for these and for nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ExportKind.choices)
    purpose = SealedText(_("用途"))
    fingerprint = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=EXPORT.choices(), default=EXPORT.initial)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    expires_at = models.DateTimeField(null=True)
    scope = SchoolScope(gates=("cases", "case_leader"))

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["school", "-asked_at"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=EXPORT.states()), name="export_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state="asked")
                | (
                    models.Q(answered_by__isnull=False, answered_at__isnull=False)
                    & ~models.Q(answered_by=models.F("asked_by"))
                ),
                name="export_answered_by_another_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(expires_at__isnull=False),
                name="export_approved_until_a_time",
            ),
        ]


class ExportDownload(models.Model):
    """That the file was taken: when, by whom, in which format."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=8)
    scope = SchoolScope(gates=("cases", "case_leader"), writes=("INSERT",))

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["school", "export", "-at"])]
