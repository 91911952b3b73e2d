"""What a homeroom teacher gets: a card with how to be kind in class, and a log of contacts. No level, no reason.

These rows name no case, so that a teacher's scope cannot tell a card from a case.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class Way(models.TextChoices):
    """How somebody was in touch."""

    TALK = "talk", _("谈话")
    OBSERVED = "observed", _("课上课间留意")
    HOME = "home", _("联系家里")
    PEERS = "peers", _("请同学多陪伴")


class SupportCard(models.Model):
    """One card for the teachers of the pupil's class; a new one takes the place of the old."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    released_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    next_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # The homeroom teachers who know of the card, so that whoever gains or loses it is told once; null: nobody was told.
    holders = ArrayField(models.UUIDField(), null=True)
    words = SealedText()
    scope = SchoolScope(
        student="student_id", class_="school_class_id", gates=("support",), narrow=("SELECT",), follows=True
    )

    class Meta:
        indexes = [models.Index(fields=["school", "school_class", "withdrawn_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "student"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_support_card_a_pupil",
            )
        ]


class ContactEntry(models.Model):
    """Somebody was in touch with the pupil. Appended only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way.choices)
    words = SealedText()
    scope = SchoolScope(
        student="student_id",
        class_="school_class_id",
        gates=("support",),
        writes=("INSERT",),
        narrow=("SELECT", "INSERT"),
    )

    class Meta:
        indexes = [models.Index(fields=["school", "student", "-at"])]
