"""Reports, in two tables, because two circles read them: what opens one does not open the other.

The pupil is named without a foreign key: what was written to this school stays at this school when a pupil moves on,
and goes on only as what a person decides to hand over.
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.concerns.contracts import Kind, Outcome, Seen, Source, Urgency
from qingyan.concerns.workflow import REPORT
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText

KINDS = {
    Kind.HELP: _("现在就需要帮助"),
    Kind.CONCERN: _("关心一位同学"),
    Kind.LETTER: _("来信"),
    Kind.BULLYING: _("欺凌报告"),
}
URGENCIES = {Urgency.NOW: _("现在就要有人管"), Urgency.TODAY: _("今天之内"), Urgency.WEEK: _("这几天")}
SOURCES = {
    Source.STAFF: _("教职工"),
    Source.GUARDIAN: _("家长"),
    Source.CLASSMATE: _("同学"),
    Source.SELF: _("本人"),
    Source.OTHER: _("没有说是谁"),
}
SEEN = {
    Seen.JUST_NOW: _("刚刚"),
    Seen.TODAY: _("今天"),
    Seen.WEEK: _("这一周"),
    Seen.EARLIER: _("更早"),
    Seen.UNSAID: _("没有说"),
}
OUTCOMES = {
    Outcome.TALKED: _("已经当面了解"),
    Outcome.ANSWERED: _("已经回信"),
    Outcome.PASSED_ON: _("已经转给负责的人"),
    Outcome.SAME_MATTER: _("和另一份是同一件事"),
    Outcome.NOTHING_NEEDED: _("核实以后不需要再做什么"),
}


def _choices(words):
    return [(code.value, title) for code, title in words.items()]


class Report(models.Model):
    """What somebody wrote through one of the doors. Words of people are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=10)
    secret_hash = models.CharField(max_length=64, blank=True)  # blank: no answer can be read by token
    kind = models.CharField(_("种类"), max_length=10, choices=_choices(KINDS))
    source = models.CharField(_("谁写的"), max_length=10, choices=_choices(SOURCES))
    urgency = models.CharField(_("多急"), max_length=6, choices=_choices(URGENCIES))
    seen = models.CharField(_("什么时候看到的"), max_length=10, choices=_choices(SEEN), default=Seen.UNSAID.value)
    pupil = models.UUIDField(null=True)
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+", null=True)
    writer = models.UUIDField(null=True)  # the signed-in pupil who wrote with the own name about somebody else
    vouched = models.BooleanField(default=False)  # by a sign-in or a guardian's code
    about = SealedText(_("是谁"), null=True)
    text = SealedText(_("看到了什么"), null=True)
    contact = SealedText(_("怎样找到写的人"), null=True)
    reported_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=REPORT.choices(), default=REPORT.initial)
    taken_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("结果"), max_length=16, choices=_choices(OUTCOMES), blank=True)
    note = SealedText(_("处理说明"), null=True)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["school", "state", "-received_at"])]
        constraints = [
            models.UniqueConstraint(fields=["school", "number"], name="%(class)s_number_once_a_school"),
            models.CheckConstraint(condition=models.Q(state__in=REPORT.states()), name="%(class)s_state_is_known"),
            models.CheckConstraint(
                name="%(class)s_taken_by_a_named_person",
                condition=models.Q(taken_at__isnull=True, taken_by__isnull=True)
                | models.Q(taken_at__isnull=False, taken_by__isnull=False),
            ),
        ]


class Concern(Report):
    """For the school's counsellors."""

    scope = SchoolScope(gates=("concerns",))


class BullyingReport(Report):
    """For the school's committee against bullying, and nobody else."""

    scope = SchoolScope(gates=("bullying",))
