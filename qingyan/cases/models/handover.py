"""A handover: a case is offered to a colleague with a reason, and the colleague accepts or declines.

Until it is accepted the case stays with who carries it. `with_notes`: the offerer's own process notes go along.
"""

from uuid import uuid4

from django.db import models

from qingyan.cases.models.case import Case
from qingyan.cases.workflow import HANDOVER
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import SealedText


class Handover(models.Model):
    """One offer of one case. `origin` carried the case when it was offered; `by` offered it (the same, or a colleague
    when the origin has left)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    origin = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = SealedText()
    with_notes = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=HANDOVER.choices(), default=HANDOVER.initial)
    answered_at = models.DateTimeField(null=True)
    answer = SealedText(null=True)
    scope = SchoolScope(student="student_id", gates=("cases",))

    class Meta:
        indexes = [models.Index(fields=["school", "receiver", "state"], name="handover_to_somebody")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="offered"), name="one_open_handover_a_case"
            ),
            models.CheckConstraint(condition=models.Q(state__in=HANDOVER.states()), name="handover_state_is_known"),
            models.CheckConstraint(condition=~models.Q(receiver=models.F("origin")), name="handover_goes_to_another"),
            models.CheckConstraint(
                condition=models.Q(state="offered", answered_at__isnull=True)
                | (~models.Q(state="offered") & models.Q(answered_at__isnull=False)),
                name="handover_is_answered_at_a_time",
            ),
        ]
