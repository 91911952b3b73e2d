"""An alert becomes part of a case: somebody who looks after the pupil has it now. Called by the domain above.

Whoever hands it over takes charge first, if nobody has: an alert never goes on without a named person.
"""

from datetime import datetime
from uuid import UUID

from qingyan.alerts.actions.acknowledging import acknowledge, locked
from qingyan.alerts.models import Alert
from qingyan.alerts.policy import READ_ALERTS
from qingyan.alerts.queries.queue import same_sheet, waiting_states
from qingyan.alerts.workflow import ALERT
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows
from qingyan.foundation.audit.api import record

VERB = "open_case"


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


def _taken(alert: Alert, by: Actor, now: datetime) -> Alert:
    return acknowledge(alert=alert, by=by, note="", now=now) if alert.state in waiting_states() else alert


def _settled() -> list[str]:
    return [state.code for state in ALERT.state_list if state.terminal]
