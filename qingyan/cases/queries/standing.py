"""How a case stands towards its end, for the guards of rules/closing.py; the same whoever asks."""

from qingyan.alerts import api as alerts
from qingyan.cases.contracts import CONTACT, FOLLOW_UP, MANDATORY_REPORT
from qingyan.cases.models import Case, CaseStep, ToDo
from qingyan.cases.rules.closing import Standing


def standing_of(case: Case, *, level: str | None = None, follow_ups: bool = False) -> Standing:
    """What must be known before it may end; `level`: the one that is about to be decided.

    At the very end the follow-ups count, too (`follow_ups`); regular contact never does.
    """
    todos = ToDo.objects.filter(case_id=case.id)
    return Standing(
        level=case.level if level is None else level,
        urgency=case.urgency,
        interviewed=CaseStep.objects.filter(case_id=case.id, verb="interview").exists(),
        must_report=todos.filter(kind=MANDATORY_REPORT).exists(),
        open_alerts=alerts.unsettled(school_id=case.school_id, student_id=case.student_id),
        open_todos=todos.filter(done_at__isnull=True, dropped_at__isnull=True)
        .exclude(kind__in=[CONTACT] if follow_ups else [CONTACT, FOLLOW_UP])
        .count(),
    )
