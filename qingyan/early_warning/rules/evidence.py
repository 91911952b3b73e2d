"""From what is known around a pupil to levels of signs, as it stood at one moment. Pure.

The label's own items are left out: the sheet or report that led to a talk is no evidence for what the talk found, nor
is the case that it became. A model that saw it would only learn who was sent to talk. For an open alert, its own sheet
or report is left out in the same way, so that a sign means the same when learning and when ordering.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from qingyan.early_warning.rules.around import Around, EarlierCase, Subject
from qingyan.early_warning.rules.learning import UNKNOWN

LOOKED_BACK = timedelta(days=180)
LEVELS = {"yellow": 1, "orange": 2, "red": 3}
SOME, SEVERAL = 1, 3  # behaviours often seen
HELP_RULES = frozenset({"help_requested", "candidate"})  # no score stands behind them


def evidence(around: Around, subject: Subject) -> dict[str, int]:
    """The signs that may be learned from, each with its level or UNKNOWN."""
    alerts = [one for one in around.alerts if _counts(one.thing, one.at, subject)]
    reports = [one for one in around.reports if _counts(one.id, one.at, subject)]
    cases = [one for one in around.cases if one.id not in subject.left_out and one.at < subject.at]
    observed = [one.often for one in around.observed if _lately(one.at, subject.at)]
    asked = any(one.by_self for one in reports) or any(one.asked for one in alerts)
    return {
        "observed": UNKNOWN if not observed else _steps(max(observed)),
        "reported": int(any(not one.by_self for one in reports)),
        "asked": int(asked),
        "earlier_alert": max((LEVELS.get(one.level, 0) for one in alerts), default=0),
        "earlier_case": int(bool(cases)),
        "missed_follow_up": _missed(cases, subject.at),
        "on_leave": int(any(_lately(at, subject.at) for one in cases for at in one.away)),
    }


def own_evidence(levels: Iterable[str], rules: Iterable[str], signs: Iterable[str]) -> dict[str, int]:
    """What the flagged sheet or report itself says, for the readable points only."""
    rules, signs = set(rules), set(signs)
    scored = bool(rules - HELP_RULES)
    return {
        "critical": int(scored and "red" in set(levels)),
        "screened": int(scored),
        "help": int("asked" in signs or "help_requested" in rules),
        "worse": 1 if "worse" in signs else UNKNOWN,
    }


def _counts(thing: object, at: datetime, subject: Subject) -> bool:
    return thing not in subject.left_out and _lately(at, subject.at)


def _lately(at: datetime, now: datetime) -> bool:
    return now - LOOKED_BACK <= at < now


def _steps(often: int) -> int:
    return 2 if often >= SEVERAL else int(often >= SOME)


def _missed(cases: Iterable[EarlierCase], now: datetime) -> int:
    """Whether one that was due by then had not been done by then; not known when none was due."""
    due = [(at, done) for case in cases for at, done in case.follow_ups if at < now]
    return UNKNOWN if not due else int(any(done is None or done > now for _at, done in due))
