"""What is known around the pupils of one school, gathered with a fixed number of queries in that school's scope.

What people found to be false counts for nothing: sealed alerts and sealed cases are left out.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from qingyan.alerts import api as alerts
from qingyan.alerts.contracts import AlertTrace
from qingyan.cases import api as cases
from qingyan.concerns import api as concerns
from qingyan.early_warning.rules.around import Around, EarlierCase, Observed, OtherAlert, Reported
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Sight
from qingyan.screening import api as screening

SIGHT = frozenset({Sight.ALERTS, Sight.CASES, Sight.CONCERNS, Sight.OBSERVATION, Sight.IDENTITY})
SEALED, ASKED = "sealed", "asked"


@dataclass(frozen=True)
class School:
    """All alerts and cases of a school, and what is known around each of its pupils."""

    alerts: list[AlertTrace]
    cases: list[cases.CaseTrace]
    around: dict[UUID, Around]


def school(actor: Actor) -> School:
    """Everything at once; the actor stands at the school with SIGHT."""
    found_alerts, found_cases = alerts.traces(actor), cases.traces(actor)
    of_alerts, of_reports, of_observed, of_cases = (defaultdict(list) for _ in range(4))
    for one in found_alerts:
        if one.state != SEALED:
            of_alerts[one.student].append(OtherAlert(one.thing, one.level, ASKED in one.signs, one.raised_at))
    for report in concerns.report_traces(actor):
        of_reports[report.pupil].append(Reported(report.id, report.by_self, report.at))
    for form in screening.observations_of(actor):
        of_observed[form.student].append(Observed(form.often, form.at))
    for case in found_cases:
        if not case.sealed:
            of_cases[case.student].append(EarlierCase(case.id, case.opened_at, case.away, case.follow_ups))
    pupils = {*of_alerts, *of_reports, *of_observed, *of_cases}
    around = {one: Around(of_alerts[one], of_reports[one], of_observed[one], of_cases[one]) for one in pupils}
    return School(found_alerts, found_cases, around)


def subjects_of_open(here: School) -> dict[UUID, list[AlertTrace]]:
    """The open alerts by the sheet or report that they are about."""
    waiting = alerts.open_ids(here.alerts)
    found: dict[UUID, list[AlertTrace]] = defaultdict(list)
    for one in here.alerts:
        if one.id in waiting:
            found[one.thing].append(one)
    return found
