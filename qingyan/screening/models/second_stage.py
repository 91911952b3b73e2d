"""The second stage of a round: its rule, what homeroom teachers saw beforehand, and instruments for chosen pupils.

A teacher's observation is written blind and under a gate of its own; an assigned instrument is known to its pupil and
to counsellors only (gate "answers", which no teacher holds). See ADR 0020.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope, Unscoped
from qingyan.foundation.crypto.fields import SealedText
from qingyan.screening.models.campaign import Campaign

ASSIGNED, WITHDRAWN = "assigned", "withdrawn"


class SecondStage(models.Model):
    """Whose cut-offs make a candidate, what is proposed then, and how long teachers may observe."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, primary_key=True, related_name="+")
    first_instrument = models.CharField(_("看哪份量表"), max_length=40, blank=True)
    instrument = models.CharField(_("建议的第二份量表"), max_length=40, blank=True)
    version = models.CharField(max_length=20, blank=True)
    least_days = models.PositiveSmallIntegerField(_("至少间隔几天"), default=14)
    observe_days = models.PositiveSmallIntegerField(_("班主任观察几天"), default=7)
    scope = Unscoped(
        reason="the rule of a round's second stage; holds no pupil's data",
        writes=("INSERT", "UPDATE"),
        narrow=("SELECT",),
        bureau=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(least_days__lte=90, observe_days__lte=60), name="second_stage_days_in_bounds"
            ),
        ]


class ObservationEnd(models.Model):
    """The school ended the teachers' observation before its last day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    scope = Unscoped(
        reason="when a school ended the observation; holds no pupil's data", writes=("INSERT",), narrow=("SELECT",)
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "school"], name="observation_ends_once")]


class EarlyLook(models.Model):
    """A counsellor opened the list of candidates before the observation had ended, and why."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    reason = SealedText(_("原因"), null=True)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    scope = SchoolScope(gates=("results",))  # UPDATE: a new key seals the reason again

    class Meta:
        indexes = [models.Index(fields=["school", "campaign"], name="early_look_of_a_school")]


class Observation(models.Model):
    """What one teacher saw of one pupil in class: a step for each behaviour of the form, and a sentence if wanted.

    `marks` follows observation_form.py by position: 0 to 2, or -1 where nothing was marked.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    observer = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    form_version = models.PositiveSmallIntegerField(default=1)
    marks = ArrayField(models.SmallIntegerField())
    sentence = SealedText(_("一句话"), null=True)
    saved_at = models.DateTimeField()
    scope = SchoolScope(
        student="student_id",
        class_="school_class_id",
        gates=("observation",),
        narrow=("SELECT", "INSERT", "UPDATE (marks, sentence, form_version, saved_at)"),
    )

    class Meta:
        indexes = [
            models.Index(fields=["school", "campaign", "school_class"], name="observation_of_a_class"),
            models.Index(fields=["school", "student"], name="observation_of_a_pupil"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "student", "observer"], name="observation_once_a_teacher")
        ]


class Assignment(models.Model):
    """One more instrument for one pupil of a round, on a date; the pupil finds it among the own tests."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    from_day = models.DateField()
    due_day = models.DateField()
    state = models.CharField(max_length=10, default=ASSIGNED)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(null=True)
    scope = SchoolScope(
        student="student_id",
        class_="school_class_id",
        gates=("answers",),
        writes=("INSERT", "UPDATE (state, withdrawn_at)"),
        narrow=("SELECT",),
    )

    class Meta:
        indexes = [
            models.Index(fields=["school", "campaign"], name="assignment_of_a_round"),
            models.Index(fields=["school", "student"], name="assignment_of_a_pupil"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "student", "instrument"],
                condition=models.Q(state=ASSIGNED),
                name="assignment_once_a_round",
            ),
        ]
