"""The guardian's way in: a printed code bound to one pupil, used once; and wrong tries. Only hashes are stored."""

from uuid import uuid4

from django.db import models

from qingyan.foundation.access.scoping import SchoolScope


class GuardianLink(models.Model):
    """One code. It is spent with the first answer; the receipt then carries a new one, to change one's mind with.

    `follows`: the code whose receipt this one stands on, so that a guardian is told the own earlier answer only.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    student = models.ForeignKey("people.Student", on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    follows = models.OneToOneField("self", on_delete=models.CASCADE, related_name="+", null=True)
    scope = SchoolScope(gates=("consent",))

    class Meta:
        indexes = [models.Index(fields=["school", "student"])]
        constraints = [
            models.UniqueConstraint(fields=["school", "code_hash"], name="guardian_link_code_once_a_school"),
        ]


class GuardianTry(models.Model):
    """Wrong tries of one device at a school's guardian door; slows that device only. Kept a day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=64)
    at = models.DateTimeField()
    scope = SchoolScope(gates=("consent",), writes=("INSERT", "DELETE"))

    class Meta:
        indexes = [models.Index(fields=["school", "device", "at"])]
