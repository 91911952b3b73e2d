"""An alert becomes part of a case: somebody who looks after the pupil has it now. Called by the domain above.

Whoever hands it over takes charge first, if nobody has: an alert never goes on without a named person.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from qingyan.alerts.actions.acknowledging import acknowledge, locked
from qingyan.alerts.models import Alert
from qingyan.alerts.policy import READ_ALERTS
from qingyan.alerts.queries.queue import same_sheet, waiting_states
from qingyan.alerts.workflow import ALERT, IN_CASE
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import permitted_rows
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record

VERB = "open_case"
LENT = frozenset({Sight.ALERTS})


def hand_over(*, alert_id: UUID, case_id: UUID, by: Actor, now: datetime) -> list[UUID]:
    """This alert and the other open ones of the same sheet go over to the case; gives back their ids.

    Raises NotVisible, NotAllowed when the alert has been settled already.
    """
    first = locked(by, alert_id)
    ALERT.target(verb=VERB, origin=_taken(first, by, now).state)
    same = Alert.objects.select_for_update(of=("self",)).filter(permitted_rows(by, READ_ALERTS))
    open_ones = same.filter(same_sheet(first)).exclude(state__in=_settled()).order_by("id")
    handed = []
    for alert in open_ones:
        _taken(alert, by, now)
        before, alert.state = alert.state, ALERT.target(verb=VERB, origin=alert.state)
        alert.save(update_fields=["state"])
        record(
            by=by,
            action="alert.open_case",
            subject_kind="alert",
            subject_id=alert.id,
            student_id=alert.student_id,
            now=now,
            detail={"from": before, "to": alert.state, "case": case_id},
        )
        handed.append(alert.id)
    return handed


def seal_with_case(*, alert_ids: Iterable[UUID], case_id: UUID, by: Actor, now: datetime) -> int:
    """The case that these alerts led to was found false by two people: they leave every list; gives back how many.

    Called by the domain above, which has asked for the permission of the second reader; nothing is deleted.
    """
    gone = 0
    with entered(system_actor(school_id=by.school_id, sight=LENT, purpose="seal alerts with their case")):
        rows = Alert.objects.select_for_update(of=("self",)).filter(id__in=list(alert_ids), state=IN_CASE)
        for alert in rows.filter(sealed_with_case_at__isnull=True).order_by("id"):
            alert.sealed_with_case_at = now
            alert.save(update_fields=["sealed_with_case_at"])
            record(
                by=by,
                action="alert.seal_with_case",
                subject_kind="alert",
                subject_id=alert.id,
                student_id=alert.student_id,
                now=now,
                detail={"case": case_id},
            )
            gone += 1
    return gone


def _taken(alert: Alert, by: Actor, now: datetime) -> Alert:
    return acknowledge(alert=alert, by=by, note="", now=now) if alert.state in waiting_states() else alert


def _settled() -> list[str]:
    return [state.code for state in ALERT.state_list if state.terminal]
