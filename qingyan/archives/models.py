"""The file: a pupil's entries over time. Other domains write them through api.add_entry; this table knows no writer."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope


class EntryKind(models.TextChoices):
    """What happened. Later domains add kinds; old ones are never renamed."""

    RESULT = "result", _("测评结果")
    ALERT = "alert", _("预警")
    ACKNOWLEDGEMENT = "acknowledgement", _("预警确认")
    ENROLMENT = "enrolment", _("学籍")
    SET_ASIDE = "set_aside", _("答卷搁置")
    CASE = "case", _("个案")


class Entry(models.Model):
    """One line of a pupil's file. `content` holds what the file page shows, never free text of a person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=EntryKind.choices)
    at = models.DateTimeField()
    title = models.CharField(max_length=120)
    source = models.UUIDField()
    content = models.JSONField(default=dict)
    scope = SchoolScope(student="student_id", gates=("file",), writes=("INSERT",), narrow=("INSERT",))

    class Meta:
        indexes = [models.Index(fields=["school", "student", "-at"])]
        constraints = [
            models.UniqueConstraint(fields=["kind", "source"], name="entry_once_a_source"),
        ]


class SealedSource(models.Model):
    """What a person found to be false: the entries of this source are kept and leave the visible file."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    source = models.UUIDField(unique=True)
    at = models.DateTimeField()
    scope = SchoolScope(student="student_id", gates=("file",), writes=("INSERT",))

    class Meta:
        indexes = [models.Index(fields=["school", "student"])]
