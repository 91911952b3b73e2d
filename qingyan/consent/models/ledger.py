"""The ledger: what guardians said, and apart from it what pupils said themselves. Append-only: the app may not update.

Two tables, because two circles read them: a pupil's own word ("not now" above all) opens to the counsellor only.
No column names a class: a homeroom teacher's database role reads no line, teachers get a status (queries/coverage).
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.consent.contracts import Way, Word
from qingyan.foundation.access.scoping import SchoolScope

WORDS = {
    Word.AGREED: _("同意"),
    Word.REFUSED: _("不同意"),
    Word.WITHDRAWN: _("收回同意"),
    Word.NOT_NOW: _("现在不想做"),
}
WAYS = {Way.ONLINE: _("家长在线"), Way.PAPER: _("纸质回执")}


class Relation(models.TextChoices):
    """Who the guardian is to the pupil."""

    MOTHER = "mother", _("母亲")
    FATHER = "father", _("父亲")
    GRANDPARENT = "grandparent", _("祖父母或外祖父母")
    OTHER = "other", _("其他监护人")


class ConsentEntry(models.Model):
    """A guardian's word on one purpose. `said_on`: the day on the paper; `recorded_by`: who keyed it in, if anybody."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=30)
    text = models.ForeignKey("consent.ConsentText", on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=10, choices=[(Word(key).value, WORDS[key]) for key in list(WORDS)[:3]])
    way = models.CharField(max_length=10, choices=[(key.value, title) for key, title in WAYS.items()])
    relation = models.CharField(_("与学生的关系"), max_length=12, choices=Relation.choices, blank=True)
    said_on = models.DateField(_("日期"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    scope = SchoolScope(student="student_id", gates=("consent",), writes=("INSERT",), narrow=("SELECT",))

    class Meta:
        indexes = [models.Index(fields=["school", "student", "purpose", "-recorded_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way=Way.ONLINE.value) | models.Q(recorded_by__isnull=False),
                name="consent_on_paper_names_who_recorded_it",
            ),
            models.CheckConstraint(
                condition=models.Q(word__in=[Word.AGREED.value, Word.REFUSED.value, Word.WITHDRAWN.value]),
                name="consent_word_is_known",
            ),
        ]


class AssentEntry(models.Model):
    """A pupil's own word on one purpose. `about`: the key of the round that was in question, if any."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=30)
    text = models.ForeignKey("consent.ConsentText", on_delete=models.PROTECT, related_name="+", null=True)
    about = models.UUIDField(null=True)
    word = models.CharField(max_length=10, choices=[(key.value, WORDS[key]) for key in WORDS])
    recorded_at = models.DateTimeField()
    scope = SchoolScope(student="student_id", gates=("answers",), writes=("INSERT",), narrow=("SELECT", "INSERT"))

    class Meta:
        indexes = [models.Index(fields=["school", "student", "purpose", "-recorded_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(word__in=[word.value for word in Word]), name="assent_word_is_known"
            ),
        ]
