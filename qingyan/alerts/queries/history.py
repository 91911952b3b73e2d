"""A pupil's own history beside the sheet of an alert: the last scored sheet of the same instrument before it."""

from collections.abc import Iterable
from itertools import pairwise
from uuid import UUID

from qingyan.alerts.models import Alert
from qingyan.alerts.rules.trend import Trend, trend
from qingyan.foundation.access.actor import Actor
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import InstrumentNotReleased
from qingyan.screening import api as screening
from qingyan.screening.contracts import ScoredSheet


def trends_of(actor: Actor, alerts: Iterable[Alert]) -> dict[UUID, Trend]:
    """For sheets of these alerts that have an earlier one of the same instrument: how they stand to it."""
    wanted = {alert.sitting_id: alert.student_id for alert in alerts}
    by_pupil: dict[tuple[UUID, str], list[ScoredSheet]] = {}
    for sheet in screening.scored_sheets(actor, set(wanted.values())):  # the newest first
        by_pupil.setdefault((sheet.student, sheet.instrument), []).append(sheet)
    found = {}
    for sheets in by_pupil.values():
        for newer, older in pairwise(sheets):
            told = _trend(newer, older) if newer.sitting in wanted else None
            if told is not None:
                found[newer.sitting] = told
    return found


def _trend(newer: ScoredSheet, older: ScoredSheet) -> Trend | None:
    try:
        definition = instruments.instrument(newer.instrument, newer.version)
    except InstrumentNotReleased:
        return None
    return trend(definition, older.values, newer.values)
