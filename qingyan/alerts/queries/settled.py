"""Whether alerts are settled, for the domain above: whose one is, and how many of a pupil still ask for somebody."""

from uuid import UUID

from qingyan.alerts.contracts import AlertFacts
from qingyan.alerts.models import Alert
from qingyan.alerts.queries.queue import alerts_for
from qingyan.alerts.workflow import ALERT
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered

PURPOSE = "see whether a pupil's alerts are settled before a case ends"


def facts_of(actor: Actor, alert_id: UUID) -> AlertFacts | None:
    """One alert as facts, or None when the actor sees no such alert."""
    row = alerts_for(actor).filter(id=alert_id).first()
    return None if row is None else AlertFacts(row.id, row.school_id, row.student_id, row.level, row.state, row.report)


def unsettled(*, school_id: int, student_id: UUID) -> int:
    """How many alerts of this pupil are in a state that is no end. A figure for a guard, whoever acts: a leader who
    sees no alert must not end a case over one."""
    open_states = [state.code for state in ALERT.state_list if not state.terminal]
    with entered(system_actor(school_id=school_id, sight=frozenset({Sight.ALERTS}), purpose=PURPOSE)):
        return Alert.objects.filter(school_id=school_id, student_id=student_id, state__in=open_states).count()


def open_of_report(actor: Actor, report_id: UUID, student_id: UUID) -> list[UUID]:
    """The alerts of this report about this pupil that nobody has settled, as far as the actor sees them."""
    open_states = [state.code for state in ALERT.state_list if not state.terminal]
    rows = alerts_for(actor).filter(report=report_id, student_id=student_id, state__in=open_states)
    return list(rows.order_by("id").values_list("id", flat=True))
