"""An errand: what a colleague is asked to do for a pupil, in the few words that were written for that person.

The row names no case and no plan, and opens to the person asked and to those who see cases (ADR 0033). Its id is that
of the plan's task, so that whoever carries the case finds both.
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class Answer(models.TextChoices):
    """What became of it."""

    DONE = "done", _("已完成")
    NOT_POSSIBLE = "not_possible", _("暂时做不到")


class Errand(models.Model):
    """One thing asked of one person. `as_homeroom`: asked of the pupil's homeroom teacher, so it passes to the next."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    as_homeroom = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("期限"))
    words = SealedText()
    answer = models.CharField(max_length=14, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    note = SealedText(_("说明"), null=True)
    withdrawn_at = models.DateTimeField(null=True)
    told_late_at = models.DateTimeField(null=True)
    scope = SchoolScope(student="student_id", gates=("cases",), narrow=("SELECT", "UPDATE"), given="assignee_id")

    class Meta:
        indexes = [
            models.Index(fields=["school", "assignee", "due_at"], name="errand_of_somebody"),
            models.Index(fields=["school", "student"], name="errand_for_a_pupil"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="errand_is_answered_at_a_time",
            ),
        ]
