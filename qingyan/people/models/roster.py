"""A roster file between upload and commit. The rows are sealed; nothing has changed in the register yet."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class DraftState(models.TextChoices):
    """Where an upload stands."""

    WAITING = "waiting", _("等待检查")
    CHECKED = "checked", _("已检查")
    REFUSED = "refused", _("文件有误")
    COMMITTED = "committed", _("已导入")
    DISCARDED = "discarded", _("已放弃")


class RosterDraft(models.Model):
    """One uploaded roster: what was found in it, sealed until somebody commits or discards it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    uploaded_at = models.DateTimeField()
    file_name = models.CharField(_("文件名"), max_length=200)
    state = models.CharField(max_length=12, choices=DraftState.choices, default=DraftState.WAITING)
    problem = models.TextField(blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_good = models.PositiveIntegerField(default=0)
    rows_bad = models.PositiveIntegerField(default=0)
    rows = SealedText(null=True)
    problems = SealedText(null=True)
    plan = models.JSONField(default=dict)
    committed_at = models.DateTimeField(null=True)
    scope = SchoolScope(gates=("roster",))

    class Meta:
        indexes = [models.Index(fields=["school", "-uploaded_at"])]
