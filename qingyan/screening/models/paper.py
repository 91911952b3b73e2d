"""Answer sheets on paper: an opaque code, whose it is, and what two persons have keyed in independently."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.screening.models.campaign import Campaign
from qingyan.screening.workflow import PAPER


class PaperForm(models.Model):
    """One printed form. Its pages carry `code` only; `student` is None until a blank form is given to a pupil.

    `first` and `second` hold stored values in item order, None where the box is empty. Forms printed together share
    `batch`; its helper may key them until `helper_until`. `age` is the age for which the items were printed;
    `assented`: the counsellor saw the pupil's own signature on the cover.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+", null=True)
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    age = models.PositiveSmallIntegerField(null=True)
    code = models.CharField(max_length=8)
    batch = models.UUIDField()
    state = models.CharField(max_length=12, choices=PAPER.choices(), default=PAPER.initial)
    printed_at = models.DateTimeField()
    helper = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    helper_until = models.DateTimeField(null=True)
    assented = models.BooleanField(default=False)
    begun_sitting = models.UUIDField(null=True)
    first_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    first = ArrayField(models.SmallIntegerField(null=True), default=list)
    first_done_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    second = ArrayField(models.SmallIntegerField(null=True), default=list)
    second_done_at = models.DateTimeField(null=True)
    scope = SchoolScope(student="student_id", class_="school_class_id", gates=("answers",))

    class Meta:
        indexes = [models.Index(fields=["school", "campaign", "code"], name="paper_form_by_code")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=PAPER.states()), name="paper_form_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(first_by=models.F("second_by")) | models.Q(first_by__isnull=True),
                name="paper_form_is_keyed_by_two_persons",
            ),
        ]
