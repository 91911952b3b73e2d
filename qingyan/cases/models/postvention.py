"""After an incident: rings of people as counts and groups, talks with classes, duty, the list. No pupil is named."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class Postvention(models.Model):
    """One incident's care. `media_owner` alone speaks to the outside."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    pack = models.CharField(max_length=40)
    happened_at = models.DateTimeField(_("时间"))
    media_owner = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    scope = SchoolScope(gates=("case_leader",), writes=("INSERT",))


class Ring(models.Model):
    """A group that is thought of: how near, in words, how many, and who looks after them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    postvention = models.ForeignKey(Postvention, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    ring = models.CharField(max_length=10)
    people = models.PositiveSmallIntegerField()
    carer = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    words = SealedText()
    at = models.DateTimeField()
    scope = SchoolScope(gates=("case_leader",), writes=("INSERT", "UPDATE (words)"))


class ClassTalk(models.Model):
    """A talk with a class: planned, and held or not yet."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    postvention = models.ForeignKey(Postvention, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    leader = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True)
    scope = SchoolScope(gates=("case_leader",))


class CareDuty(models.Model):
    """Who is there, where and until when."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    postvention = models.ForeignKey(Postvention, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=60)
    scope = SchoolScope(gates=("case_leader",), writes=("INSERT",))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="care_duty_ends_later")
        ]


class CareCheck(models.Model):
    """One item of the list was done, by whom and when."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    postvention = models.ForeignKey(Postvention, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=40)
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    scope = SchoolScope(gates=("case_leader",), writes=("INSERT",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["postvention", "item"], name="care_check_once")]
