"""From facts of one school to cells: the only place where single pupils become counts. Pure, and in memory only."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from qingyan.insight.rules.cells import EVERYBODY, SEXES, UNKNOWN, Counts, Key, band_of
from qingyan.insight.rules.topics import ALERTS, COVERAGE, FACTORS, LEVELS, TIMELINESS, VALIDITY, WORKLOAD

GRAVEST_FIRST = ("red", "orange", "yellow")
ACKNOWLEDGE = "acknowledge"  # the step of an alert; the others are kinds of todos


class Sheet(Protocol):
    """A scored sheet as screening gives it."""

    @property
    def student(self) -> UUID: ...
    @property
    def grade(self) -> int: ...
    @property
    def instrument(self) -> str: ...
    @property
    def reached(self) -> bool | None: ...
    @property
    def bands(self) -> Mapping[str, str]: ...
    @property
    def doubtful(self) -> bool | None: ...


def sheet_cells(
    sheets: Iterable[Sheet], sexes: Mapping[UUID, str], bands: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> dict[str, Counts]:
    """Validity, levels and factors of one round. `bands`: by instrument and scale the band levels that exist.

    Sheets without a level for a scale stand under "unscored", so that every topic counts the same sheets.
    """
    validity, levels, factors = _Cells(), _Cells(), _Cells()
    for sheet in sheets:
        band, sex, code = band_of(sheet.grade), _sex(sexes.get(sheet.student)), sheet.instrument
        validity.add(Key(code, band, sex, _verdict(sheet.doubtful)), among=(*VALIDITY.categories,))
        levels.add(Key(code, band, sex, _outcome(sheet.reached)), among=LEVELS.categories)
        for scale, known in bands.get(code, {}).items():
            level = sheet.bands.get(scale, UNSCORED)
            factors.add(Key(f"{code}:{scale}", band, sex, level if level in known else UNSCORED), (*known, UNSCORED))
    return {VALIDITY.code: validity.counts, LEVELS.code: levels.counts, FACTORS.code: factors.counts}


UNSCORED = "unscored"


def coverage_cells(classes: Iterable[tuple[int, int, int]]) -> dict[str, Counts]:
    """Invited and finished pupils by band. `classes`: grade, invited, finished."""
    cells = _Cells()
    for grade, invited, finished in classes:
        cells.add(Key("", band_of(grade), EVERYBODY, "invited"), COVERAGE.categories, invited)
        cells.add(Key("", band_of(grade), EVERYBODY, "finished"), COVERAGE.categories, finished)
    return {COVERAGE.code: cells.counts}


def alert_cells(pupils: Iterable[tuple[UUID, int, str]], alerts: Iterable[tuple[UUID, str]]) -> dict[str, Counts]:
    """Present pupils by their most urgent alert of the term. `pupils`: id, grade, sex; `alerts`: pupil, level."""
    gravest: dict[UUID, int] = {}
    for student, level in alerts:
        place = GRAVEST_FIRST.index(level)
        gravest[student] = min(place, gravest.get(student, place))
    cells = _Cells()
    for student, grade, sex in pupils:
        level = GRAVEST_FIRST[gravest[student]] if student in gravest else "none"
        cells.add(Key("", band_of(grade), _sex(sex), level), ALERTS.categories)
    return {ALERTS.code: cells.counts}


def clock_cells(due: Iterable[tuple[str, datetime | None, datetime | None]], *, now: datetime) -> dict[str, Counts]:
    """Steps by whether they were done in time. `due`: step, until when, when done; what is not due yet is left out."""
    cells = _Cells()
    for step, until, done in due:
        if until is None or (done is None and until > now):
            continue
        category = "waiting" if done is None else "on_time" if done <= until else "late"
        cells.add(Key(step, EVERYBODY, EVERYBODY, category), TIMELINESS.categories)
    return {TIMELINESS.code: cells.counts}


def work_cells(done: Mapping[str, int]) -> dict[str, Counts]:
    """How much was done, by kind."""
    return {WORKLOAD.code: {Key(kind, EVERYBODY, EVERYBODY, "count"): count for kind, count in done.items()}}


class _Cells:
    """Counts in which every category of a group that appears has a cell, be it 0."""

    def __init__(self) -> None:
        self.counts: Counter[Key] = Counter()

    def add(self, key: Key, among: Iterable[str], count: int = 1) -> None:
        if key not in self.counts:
            for category in among:
                self.counts.setdefault(key._replace(category=category), 0)
        self.counts[key] += count


def _sex(code: str | None) -> str:
    return code if code in SEXES and code else UNKNOWN


def _verdict(doubtful: bool | None) -> str:
    return "unjudged" if doubtful is None else "doubtful" if doubtful else "sound"


def _outcome(reached: bool | None) -> str:
    return "undecided" if reached is None else "reached" if reached else "not_reached"
