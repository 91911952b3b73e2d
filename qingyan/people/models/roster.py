"""A roster file between upload and commit. The rows are sealed; nothing has changed in the register yet.

A big file is kept in parts, so that nobody ever holds all its rows: the check writes them one after the other, a page
opens the one that it shows, the commit goes through them. A committed part keeps what undoing needs, and no row.
"""

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
    IMPORTING = "importing", _("正在导入")
    COMMITTED = "committed", _("已导入")
    UNDOING = "undoing", _("正在撤销")
    UNDONE = "undone", _("已撤销")
    DISCARDED = "discarded", _("已放弃")


class RosterDraft(models.Model):
    """One uploaded roster: what was found in it, sealed until somebody commits or discards it.

    `choices` are a person's words about single rows: line to take, leave, new, or link:<pupil> (roster/choosing.py).
    """

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
    file = SealedText(null=True, padded=False)
    problems = SealedText(null=True, padded=False)
    plan = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    asked = models.JSONField(default=dict)
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    scope = SchoolScope(gates=("roster",))

    class Meta:
        indexes = [models.Index(fields=["school", "-uploaded_at"])]


class RosterPart(models.Model):
    """Some two thousand good rows of a draft with what will happen to each; after the commit, what undoing needs.

    `counts` says how many rows of each kind are in it, so that a page finds its part without opening the others.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    draft = models.ForeignKey(RosterDraft, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    rows = SealedText(null=True, padded=False)
    undo = SealedText(null=True, padded=False)
    scope = SchoolScope(gates=("roster",), writes=("INSERT", "UPDATE", "DELETE"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="roster_part_once_a_draft")]


class RosterProgress(models.Model):
    """How far the work on a draft is. A row of its own: the work holds the draft, and this is written beside it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    draft = models.OneToOneField(RosterDraft, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    phase = models.CharField(max_length=12, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    scope = SchoolScope(gates=("roster",), writes=("INSERT", "UPDATE", "DELETE"))
