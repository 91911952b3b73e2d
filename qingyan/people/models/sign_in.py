"""The pupils' door: personal slips, sessions, and wrong tries. A slip's code is never stored, only its keyed hash."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class Slip(models.Model):
    """A printed slip with a personal code; a new one voids the old."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    student = models.ForeignKey("people.Student", on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64)
    picture = models.CharField(max_length=12, blank=True)  # the pupil chooses it at the door; "" asks for none
    issued_at = models.DateTimeField(_("发放时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    voided_at = models.DateTimeField(_("作废时间"), null=True)
    scope = SchoolScope(student="student_id", class_="school_class_id", gates=("slips", "door"))

    class Meta:
        indexes = [models.Index(fields=["school", "school_class", "code_hash"])]
        constraints = [
            models.UniqueConstraint(
                fields=["student"], condition=models.Q(voided_at__isnull=True), name="student_has_one_valid_slip"
            ),
        ]


class SlipPrint(models.Model):
    """Slips of many classes made in the background: the sealed PDF waits a short while, is fetched once and erased."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    classes = ArrayField(models.BigIntegerField())
    days = models.PositiveSmallIntegerField()
    address = models.CharField(max_length=200)
    slips = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    pdf = SealedText(null=True, padded=False)
    scope = SchoolScope(gates=("slips",))

    class Meta:
        indexes = [models.Index(fields=["school", "-asked_at"])]


class PupilSession(models.Model):
    """A pupil's signed-in session on one machine; a new one ends the old."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    student = models.ForeignKey("people.Student", on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    scope = SchoolScope(
        student="student_id",
        class_="school_class_id",
        gates=("door", "answers"),
        narrow=("SELECT", "UPDATE (expires_at)"),
    )

    class Meta:
        indexes = [models.Index(fields=["school", "student", "started_at"])]


class SignInAttempt(models.Model):
    """Wrong tries of one device at one class's door; slows that device, never the class or the address. Kept a day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=64)
    at = models.DateTimeField()
    scope = SchoolScope(gates=("door",), writes=("INSERT", "DELETE"))

    class Meta:
        indexes = [models.Index(fields=["school", "school_class", "device", "at"])]
