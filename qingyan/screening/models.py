"""Campaigns, sittings, answer sheets and results.

A sitting says that a pupil does one instrument of a campaign (progress may be seen by teachers); the answer sheet
holds the answers (gate "answers"); the result holds the scores (gate "results"). Sensitivity lives in separate tables.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope, Unscoped
from qingyan.screening.workflow import CAMPAIGN, SITTING


class Campaign(models.Model):
    """A screening round of the city, a district or one school."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    school = models.ForeignKey(
        "organisations.School", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    title = models.CharField(_("名称"), max_length=80)
    notice = models.TextField(_("告知内容"), max_length=3000)
    notice_version = models.PositiveSmallIntegerField(default=1)
    opens_at = models.DateTimeField(_("开始时间"))
    closes_at = models.DateTimeField(_("结束时间"))
    state = models.CharField(max_length=12, choices=CAMPAIGN.choices(), default=CAMPAIGN.initial)
    created_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    scope = Unscoped(
        reason="the plan of a round; holds no pupil's data",
        writes=("INSERT", "UPDATE"),
        narrow=("SELECT",),
        bureau=True,
    )

    class Meta:
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="campaign_closes_after_it_opens"
            ),
            models.CheckConstraint(condition=models.Q(state__in=CAMPAIGN.states()), name="campaign_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(city__isnull=False) ^ models.Q(school__isnull=False),
                name="campaign_of_the_city_or_of_one_school",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CampaignInstrument(models.Model):
    """One instrument of a campaign, for the grades that it is asked in."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    instrument = models.CharField(_("量表"), max_length=40)
    version = models.CharField(_("版本"), max_length=20)
    grade_from = models.PositiveSmallIntegerField(_("起始年级"))
    grade_to = models.PositiveSmallIntegerField(_("截止年级"))
    position = models.PositiveSmallIntegerField(default=1)
    scope = Unscoped(
        reason="which instrument in which grades; holds no pupil's data",
        writes=("INSERT",),
        narrow=("SELECT",),
        bureau=True,
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "instrument"], name="instrument_once_a_campaign"),
            models.CheckConstraint(
                condition=models.Q(grade_to__gte=models.F("grade_from"), grade_to__lte=12),
                name="campaign_instrument_grades_in_order",
            ),
        ]


class Sitting(models.Model):
    """One pupil doing one instrument in one campaign: state and times, no answers."""

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
    scope = SchoolScope(
        student="student_id",
        class_="school_class_id",
        gates=("progress", "answers"),
        narrow=("SELECT", "INSERT", "UPDATE (state, stopped_at, finished_at)"),
        counted=("campaign_id", "student_id", "school_id", "school_class_id", "instrument", "state"),
    )

    class Meta:
        indexes = [
            models.Index(fields=["school", "campaign", "school_class", "state"]),
            models.Index(fields=["school", "student"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "student", "instrument"], name="sitting_once_a_campaign"),
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


class Result(models.Model):
    """The scores of a finished sitting, naming instrument, version, content hash, norm and rule version."""

    sitting = models.OneToOneField(Sitting, on_delete=models.CASCADE, primary_key=True, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    instrument_hash = models.CharField(max_length=64)
    rule_version = models.CharField(max_length=20)
    norm_version = models.CharField(max_length=40, blank=True)
    values = models.JSONField()
    bands = models.JSONField(default=dict)
    not_scorable = models.JSONField(default=dict)
    screen = models.JSONField(default=dict)
    quality = models.JSONField(default=dict)
    scored_at = models.DateTimeField()
    scope = SchoolScope(
        student="student_id",
        class_="school_class_id",
        gates=("results",),
        writes=("INSERT",),
        narrow=("INSERT",),
    )

    class Meta:
        indexes = [models.Index(fields=["school", "campaign"]), models.Index(fields=["school", "student"])]
