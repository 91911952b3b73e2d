"""A sitting says that a pupil does one instrument of a campaign (progress may be seen by teachers); the answer sheet
holds the answers (gate "answers"). Sensitivity lives in separate tables.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.screening.models.campaign import Campaign
from qingyan.screening.workflow import SET_ASIDE, SITTING


class Sitting(models.Model):
    """One pupil doing one instrument in one campaign: state and times, no answers.

    `again_of`: the sitting that a counsellor asked to do once more; both stay, and no count knows of this one.
    `open_until`: until when it takes answers although the round may be over.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=SITTING.choices(), default=SITTING.initial)
    notice_read_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    help_asked_at = models.DateTimeField(null=True)
    help_given_at = models.DateTimeField(null=True)
    again_of = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    open_until = models.DateTimeField(null=True)
    scope = SchoolScope(
        student="student_id",
        class_="school_class_id",
        gates=("progress", "answers"),
        narrow=("SELECT", "INSERT", "UPDATE (state, stopped_at, finished_at, help_asked_at, help_given_at)"),
        counted=(
            "campaign_id",
            "student_id",
            "school_id",
            "school_class_id",
            "instrument",
            "state",
            "started_at",
            "finished_at",
            "again_of_id",
        ),
    )

    class Meta:
        indexes = [
            models.Index(fields=["school", "campaign", "school_class", "state"]),
            models.Index(fields=["school", "student"]),
            models.Index(
                fields=["campaign", "started_at"], include=["school", "state"], name="sitting_started_by_time"
            ),
            models.Index(
                fields=["campaign", "finished_at"], include=["school", "state"], name="sitting_finished_by_time"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "student", "instrument"],
                condition=~models.Q(state=SET_ASIDE) & models.Q(again_of__isnull=True),
                name="sitting_once_a_campaign",
            ),
            models.UniqueConstraint(
                fields=["again_of"], condition=~models.Q(state=SET_ASIDE), name="sitting_again_once"
            ),
            models.CheckConstraint(condition=models.Q(state__in=SITTING.states()), name="sitting_state_is_known"),
        ]


class AnswerSheet(models.Model):
    """The answers of a sitting, compact: position i holds item i's stored value, time and client sequence."""

    sitting = models.OneToOneField(Sitting, on_delete=models.CASCADE, primary_key=True, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    instrument_hash = models.CharField(max_length=64)
    age = models.PositiveSmallIntegerField(null=True)
    answers = ArrayField(models.SmallIntegerField(null=True))
    times = ArrayField(models.IntegerField(null=True))
    sequences = ArrayField(models.IntegerField(null=True))
    submission = models.UUIDField(null=True)
    answers_hash = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField(null=True)
    scope = SchoolScope(
        student="student_id",
        class_="school_class_id",
        gates=("answers",),
        narrow=("SELECT", "INSERT", "UPDATE (answers, times, sequences, submission, answers_hash, saved_at)"),
    )


class DisputedSubmission(models.Model):
    """A second, different hand-in of a finished sitting. It changes nothing; a person compares it with the first."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField()
    answers_hash = models.CharField(max_length=64)
    answers = ArrayField(models.SmallIntegerField(null=True))
    received_at = models.DateTimeField()
    scope = SchoolScope(
        student="student_id",
        class_="school_class_id",
        gates=("answers",),
        writes=("INSERT",),
        narrow=("SELECT", "INSERT"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "answers_hash"], name="disputed_submission_kept_once"),
        ]
