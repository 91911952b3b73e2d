"""A questionnaire that a guardian fills in about one pupil. No pupil and no teacher can read it: no narrow grant."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.screening.models.campaign import Campaign

ASKED, ANSWERED, WITHDRAWN = "asked", "answered", "withdrawn"


class ParentForm(models.Model):
    """Asked of the guardians of one pupil in one round; answered once, at the guardians' door, by a printed code."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    wording = models.ForeignKey("instruments.BroughtWording", on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, default=ASKED)
    until = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    answers = ArrayField(models.SmallIntegerField(null=True), null=True)
    relation = models.CharField(max_length=12, blank=True)
    values = models.JSONField(default=dict)
    bands = models.JSONField(default=dict)
    instrument_hash = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)
    scope = SchoolScope(student="student_id", class_="school_class_id", gates=("results",))

    class Meta:
        indexes = [models.Index(fields=["school", "student"], name="parent_form_of_a_pupil")]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "student", "instrument"],
                condition=~models.Q(state=WITHDRAWN),
                name="parent_form_once_a_round",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=(ASKED, ANSWERED, WITHDRAWN)), name="parent_form_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=ANSWERED) ^ models.Q(answered_at__isnull=True),
                name="parent_form_answered_says_when",
            ),
        ]
