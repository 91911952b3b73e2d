"""All tests of a half-year by grade and month: who asks what, when, and how many items. No person."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from qingyan.instruments import api as instruments
from qingyan.organisations.api import grade_name, schools_by_id
from qingyan.screening.queries.burden import RoundHolder, booked_at, city_of, limits_of
from qingyan.screening.rules.burden import Booked, Half, Limits, Spacing, half_of, heaviest, months_of, spacing_of


@dataclass(frozen=True)
class Entry:
    """One instrument in one round, in words."""

    grade: str
    instrument: str
    round: str
    asker: str
    opens: date
    closes: date
    items: int
    spacing: Spacing = ""


@dataclass(frozen=True)
class GradeRow:
    """A grade: the entries of each month, and the items that its most burdened pupils meet."""

    grade: str
    months: list[tuple[str, list[Entry]]]
    items: int
    over: bool
    near: bool = False


@dataclass(frozen=True)
class Calendar:
    """A half-year of a school or of the city."""

    half: Half
    limits: Limits
    months: list[str]
    rows: list[GradeRow]

    @property
    def entries(self) -> list[Entry]:
        """All of them, grade by grade."""
        return [entry for row in self.rows for _month, entries in row.months for entry in entries]


def calendar_of(holder: RoundHolder, half: Half) -> Calendar:
    """What the grades of this place are asked in the half-year."""
    every = booked_at(holder)
    booked = [one for one in every if half_of(one.opens) == half]
    limits, months = limits_of(city_of(holder)), months_of(half)
    spacing = _spacing(booked, every, limits)
    askers, titles = _askers(booked), {one.code: one.title_zh for one in instruments.released()}
    rows = []
    for grade in sorted({grade for one in booked for grade in one.grades}):
        asked = [one for one in booked if grade in one.grades]
        entries = [replace(_entry(one, grade, askers, titles), spacing=spacing[one]) for one in asked]
        named = [(_month(at), [one for one in entries if (one.opens.year, one.opens.month) == at]) for at in months]
        items = sum(one.items for one in heaviest(asked))
        over, near = items > limits.items_per_term, items > limits.warned.items_per_term
        rows.append(GradeRow(grade_name(grade), named, items, over, near and not over))
    return Calendar(half, limits, [_month(at) for at in months], rows)


def _spacing(booked: list[Booked], every: list[Booked], limits: Limits) -> dict[Booked, Spacing]:
    """How near each is to another with the same instrument; a school's meets its own and the city's only."""
    alike: dict[tuple[str, int | None], list[Booked]] = {}
    for one in every:
        alike.setdefault((one.instrument, one.school), []).append(one)
    whole: dict[str, list[Booked]] = {}
    for one in every:
        whole.setdefault(one.instrument, []).append(one)
    near = {}
    for one in booked:
        met = whole[one.instrument]
        if one.school is not None:
            met = alike[one.instrument, one.school] + alike.get((one.instrument, None), [])
        near[one] = spacing_of(one, met, limits)
    return near


def _entry(one: Booked, grade: int, askers: dict[int | None, str], titles: dict[str, str]) -> Entry:
    title = titles.get(one.instrument, one.instrument)
    return Entry(grade_name(grade), title, one.title, askers[one.school], one.opens, one.closes, one.items)


def _askers(booked: Iterable[Booked]) -> dict[int | None, str]:
    ids = {one.school for one in booked if one.school is not None}
    schools: dict[int | None, str] = {school.id: school.short_name for school in schools_by_id(ids)} if ids else {}
    return schools | {None: _("市教育局")}


def _month(at: tuple[int, int]) -> str:
    return _("%(year)s 年 %(month)s 月") % {"year": at[0], "month": at[1]}
