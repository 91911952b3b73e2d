"""The glass: an officer opened the identity behind one thread, why, until when, and who reviewed it.

It names the officer and the thread, nobody else; the words are sealed for the city. The row stands before anything is
shown. Reviewed by another person: the database holds that, too.
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.cases.models.thread import CrisisThread
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class Verdict(models.TextChoices):
    """What another officer finds."""

    RIGHT = "right", _("有必要，符合用途")
    DOUBTFUL = "doubtful", _("有疑问，需要说明")
    WRONG = "wrong", _("不该打开")


class Glass(models.Model):
    """One opening of one identity by one officer."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey(CrisisThread, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reason = models.CharField(max_length=40)
    words = SealedText(school=None)
    review_due_at = models.DateTimeField()
    reviewed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    reviewed_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    review_words = SealedText(school=None, null=True)
    told_late_at = models.DateTimeField(null=True)  # when everybody was told that the review is overdue
    scope = SchoolScope(gates=("case_leader", "oversight"), overseen=True)

    class Meta:
        indexes = [models.Index(fields=["school", "thread"]), models.Index(fields=["reviewed_at", "review_due_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True, reviewed_at__isnull=True, verdict="")
                | (models.Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~models.Q(verdict="")),
                name="glass_is_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("opened_by")),
                name="glass_is_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("opened_at")), name="glass_is_open_for_a_time"
            ),
        ]
