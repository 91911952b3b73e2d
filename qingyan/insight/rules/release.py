"""From exact counts of the schools of one district to what is told of each school and of the district. Pure.

Every cell is judged by its group (safe.py); a group keeps what was told of it while fewer than 8 pupils have changed;
then all tables of the district are looked at together, and where sums would narrow a hidden small count down, a
companion is hidden too. Totals and the city are made from the result (totals.py), so they tell nothing new.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from qingyan.insight.rules.cells import DISTRICT, SCHOOL, Counts, Group, Key, Place, Shown, base_of, groups
from qingyan.insight.rules.narrowing import PLENTY, Known, Sum, narrowed
from qingyan.insight.rules.safe import DISCLOSURE, Disclosure, hidden
from qingyan.insight.rules.topics import TOPICS

Cube = Mapping[str, Counts]  # by topic
Name = tuple[Place, str, Key]  # a cell of a table of a place


@dataclass(frozen=True)
class Told:
    """What was told before, and the exact counts behind it."""

    shown: Mapping[Key, int | None] = field(default_factory=dict)
    counts: Counts = field(default_factory=dict)


@dataclass
class Release:
    """Tables by place and topic; `behind` holds the exact counts that each figure was made from."""

    shown: dict[tuple[Place, str], Shown] = field(default_factory=dict)
    behind: dict[tuple[Place, str], dict[Key, int]] = field(default_factory=dict)


def released(
    schools: Mapping[int, Cube],
    *,
    district: int | None,
    told: Mapping[tuple[Place, str], Told] | None = None,
    by: Disclosure = DISCLOSURE,
) -> Release:
    """What may be told of these schools, and (unless None) of their district. `told` is what was told before."""
    release, before = Release(), told or {}
    for place, topic, counts in _exact(schools, district):
        shown, behind = _table(topic, counts, before.get((place, topic), Told()), by)
        release.shown[place, topic], release.behind[place, topic] = shown, behind
    if by.complement:
        _hide_companions(release, district, by)
    return release


def changed(counts: Counts, told: Counts, group: Group, categories: list[str]) -> int:
    """How many pupils came into the group's categories, or went out of them, whichever is more."""
    moves = [counts.get(group.cell(one), 0) - told.get(group.cell(one), 0) for one in categories]
    return max(sum(move for move in moves if move > 0), -sum(move for move in moves if move < 0))


def constraints(release: Release, district: int | None) -> list[Sum]:
    """Every sum that an outsider knows: groups that count the same sheets, and schools that make up the district."""
    sums = []
    for (place, topic), shown in release.shown.items():
        if TOPICS[topic].partition:
            sums += [_group_sum(place, topic, group, categories) for group, categories in groups(shown).items()]
        if place.level == DISTRICT and district is not None:
            sums += [_district_sum(release, place, topic, key) for key in shown]
    return sums


def bounds(release: Release, by: Disclosure = DISCLOSURE) -> Known:
    """What is known of each cell by itself. Who attacks is taken to know which hidden cells are small."""
    found: Known = {}
    for (place, topic), shown in release.shown.items():
        behind = release.behind[place, topic]
        for key, value in shown.items():
            if value is not None:
                found[place, topic, key] = by.span(value)
            elif by.is_small(behind[key]):
                found[place, topic, key] = (1, by.smallest - 1)
            else:
                found[place, topic, key] = (0, PLENTY)
    return found


def _exact(schools: Mapping[int, Cube], district: int | None) -> Iterator[tuple[Place, str, Counts]]:
    summed: dict[str, dict[Key, int]] = {}
    for school, cube in schools.items():
        for topic, counts in cube.items():
            yield Place(SCHOOL, school), topic, counts
            into = summed.setdefault(topic, {})
            for key, count in counts.items():
                into[key] = into.get(key, 0) + count
    if district is not None:
        for topic, counts in summed.items():
            yield Place(DISTRICT, district), topic, counts


def _table(topic: str, counts: Counts, told: Told, by: Disclosure) -> tuple[Shown, dict[Key, int]]:
    shown: Shown = {}
    behind: dict[Key, int] = {}
    for group, categories in groups(counts).items():
        keys = [group.cell(one) for one in categories]
        if all(key in told.shown for key in keys) and changed(counts, told.counts, group, categories) < by.smallest:
            shown |= {key: told.shown[key] for key in keys}
            behind |= {key: told.counts.get(key, 0) for key in keys}
            continue
        gone = hidden({one: counts[group.cell(one)] for one in categories}, risk=TOPICS[topic].risk, by=by)
        shown |= {key: None if key.category in gone else by.rounded(counts[key]) for key in keys}
        behind |= {key: counts[key] for key in keys}
    return shown, behind


def _group_sum(place: Place, topic: str, group: Group, categories: list[str]) -> Sum:
    base = TOPICS[topic].base
    size = (place, base or topic, base_of(group.part) if base else group.part, group.band, group.sex)
    return Sum(tuple((place, topic, group.cell(one)) for one in categories), size)


def _district_sum(release: Release, place: Place, topic: str, key: Key) -> Sum:
    parts = [
        (one, topic, key)
        for (one, other), shown in release.shown.items()
        if one.level == SCHOOL and other == topic and key in shown
    ]
    return Sum(tuple(parts), (place, topic, key))


def _hide_companions(release: Release, district: int | None, by: Disclosure) -> None:
    """Where sums narrow a hidden small count down, hide the smallest told cell beside it; until nothing is narrow."""
    sums = constraints(release, district)
    touching: dict[Hashable, list[Sum]] = {}
    for one in sums:
        for variable in (*one.parts, one.whole):
            touching.setdefault(variable, []).append(one)
    while True:
        known: Known = dict.fromkeys(touching, (0, PLENTY))
        known |= bounds(release, by)
        left = narrowed(known, sums)
        secret = [name for name in _names(release) if _told(release, name) is None]
        narrow = [name for name in secret if left[name][1] - left[name][0] + 1 < by.left]
        companions = {_companion(release, touching.get(name, []), name) for name in narrow}
        if companions <= {None}:
            return
        for companion in companions:
            if companion is not None:
                release.shown[companion[0], companion[1]][companion[2]] = None


def _names(release: Release) -> Iterator[Name]:
    for (place, topic), shown in release.shown.items():
        for key in shown:
            yield place, topic, key


def _told(release: Release, name: Name) -> int | None:
    return release.shown[name[0], name[1]][name[2]]


def _companion(release: Release, sums: list[Sum], name: Name) -> Name | None:
    """The smallest told cell beside it in any of its sums; sizes of groups are no cells."""
    beside = {
        cast(Name, other)
        for one in sums
        for other in (*one.parts, one.whole)
        if isinstance(other, tuple) and len(other) == 3
    }
    told = [other for other in beside - {name} if _told(release, other) is not None]
    return min(told, key=lambda other: (release.behind[other[0], other[1]][other[2]], other), default=None)
