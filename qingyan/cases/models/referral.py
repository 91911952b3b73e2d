"""A referral of a pupil to a hospital or a station, its steps, the receiver's slip, and the printed codes.

Gate "referral" is what the receiver's page sees: these tables and no other paper of the case. All words are sealed; of
a code only a keyed hash is kept.
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.cases.models.case import Case
from qingyan.cases.workflow import OPEN_REFERRAL, REFERRAL
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText

GATES = ("cases", "referral")


class ReferralKind(models.TextChoices):
    """Where the pupil is sent."""

    HOSPITAL = "hospital", _("医院")
    STATION = "station", _("校外辅导站")


class Referral(models.Model):
    """`basis`: "consent" or the code of a statutory ground; empty until one is recorded. `content`: JSON text."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ReferralKind.choices)
    station = models.ForeignKey("organisations.Station", on_delete=models.PROTECT, related_name="+", null=True)
    guide = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=REFERRAL.choices(), default=REFERRAL.initial)
    basis = models.CharField(max_length=40, blank=True)
    contact_agreed = models.BooleanField(default=False)  # the guardian's number may be passed on
    diagnosis_agreed = models.BooleanField(default=False)  # the school may be told a diagnosis
    urgent = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    appointment_at = models.DateTimeField(_("预约时间"), null=True)
    ended_at = models.DateTimeField(null=True)
    content = SealedText()
    scope = SchoolScope(student="student_id", gates=GATES)

    class Meta:
        indexes = [models.Index(fields=["school", "case", "opened_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=models.Q(state__in=OPEN_REFERRAL),
                name="one_open_referral_of_a_kind",
            ),
            models.CheckConstraint(condition=models.Q(state__in=REFERRAL.states()), name="referral_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=("prepared", "declined")) | ~models.Q(basis=""),
                name="nothing_is_sent_without_a_basis",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=OPEN_REFERRAL, ended_at__isnull=True, due_at__isnull=False)
                | (~models.Q(state__in=OPEN_REFERRAL) & models.Q(ended_at__isnull=False, due_at__isnull=True)),
                name="an_open_referral_has_a_deadline",
            ),
        ]


class ReferralStep(models.Model):
    """One row of a referral's history, never changed. `by` is empty when the receiver did it on their page."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    verb = models.CharField(max_length=20)
    origin = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20)
    note = SealedText(null=True)
    scope = SchoolScope(student="student_id", gates=GATES, writes=("INSERT",))

    class Meta:
        indexes = [models.Index(fields=["school", "referral", "at"])]


class ReferralSlip(models.Model):
    """What the receiver sends back. `content`: JSON text (conditions, advice, who signed; a diagnosis if agreed)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    fit = models.CharField(max_length=40)
    emergency = models.BooleanField()
    next_visit = models.DateField(null=True)
    content = SealedText()
    scope = SchoolScope(student="student_id", gates=GATES, writes=("INSERT",))


class ReferralCode(models.Model):
    """A code that opens the receiver's page once; the short session that it began; the hash of the name's own code."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64)
    name_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    session_hash = models.CharField(max_length=64, blank=True)
    session_until = models.DateTimeField(null=True)
    named_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    scope = SchoolScope(gates=GATES)

    class Meta:
        indexes = [models.Index(fields=["school", "session_hash"])]
        constraints = [
            models.UniqueConstraint(fields=["school", "secret_hash"], name="referral_code_once_a_school"),
        ]


class ReferralTry(models.Model):
    """A wrong try, of one device at the door or of one session at the name; slows only that one. Kept a day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    at = models.DateTimeField()
    scope = SchoolScope(gates=GATES, writes=("INSERT", "DELETE"))

    class Meta:
        indexes = [models.Index(fields=["school", "key", "at"])]
