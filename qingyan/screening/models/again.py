"""A counsellor asked one pupil in private to do an instrument once more. Known to the pupil and to counsellors only."""

from uuid import uuid4

from django.db import models

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.screening.models.campaign import Campaign
from qingyan.screening.models.sitting import Sitting

INVITED, TAKEN_BACK = "invited", "taken_back"


class Reinvitation(models.Model):
    """For one finished sitting (`first`), until a day. Nothing says why: that is the judgement of the first sheet."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    first = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    until = models.DateTimeField()
    state = models.CharField(max_length=10, default=INVITED)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    taken_back_at = models.DateTimeField(null=True)
    scope = SchoolScope(
        student="student_id",
        class_="school_class_id",
        gates=("answers",),
        writes=("INSERT", "UPDATE (state, taken_back_at)"),
        narrow=("SELECT",),
    )

    class Meta:
        indexes = [models.Index(fields=["school", "student"], name="reinvitation_of_a_pupil")]
        constraints = [
            models.UniqueConstraint(
                fields=["first"], condition=models.Q(state=INVITED), name="reinvitation_once_a_sheet"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=(INVITED, TAKEN_BACK)), name="reinvitation_state_is_known"
            ),
        ]
