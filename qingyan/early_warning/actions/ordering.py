"""Brings the alerts of one school forward by what the city has agreed to: nothing, signed points, or the model.

A hint only brings forward. Whoever is due soon, or overdue, gets as much as the best hinted, so nobody is passed by a
hint once the time is short. Red leads anyway, and is due so soon that its own order stays the plain one.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from qingyan.alerts import api as alerts
from qingyan.alerts.contracts import AlertTrace, Hint, HintWords
from qingyan.early_warning.queries import surroundings, trial_packs
from qingyan.early_warning.rules.around import Around, Subject
from qingyan.early_warning.rules.evidence import evidence, own_evidence
from qingyan.early_warning.rules.learning import Model
from qingyan.early_warning.rules.lifting import hours, lifts
from qingyan.early_warning.rules.points import PointPack, points
from qingyan.foundation.access.actor import Actor

NOBODY = Around()
MOST_REASONS = 3
Signs = Mapping[str, int]
Reckoning = Callable[[Signs, Signs], Hint]  # (what is known around the pupil, what the sheet itself says) -> hint


def order(*, reckon: Reckoning, here: surroundings.School, by: Actor, now: datetime) -> int:
    """Each open alert has its hint, and its reasons; returns how many were changed."""
    return alerts.set_order_hints(hints=hints(here, reckon, now), by=by, now=now)


def take_back(*, by: Actor, now: datetime) -> int:
    """No alert of the school has a hint; returns how many had one."""
    nothing: dict[UUID, Hint] = {}
    return alerts.set_order_hints(hints=nothing, by=by, now=now)


def by_points(pack: PointPack) -> Reckoning:
    """The hours of the points, and the signs that brought them."""

    def reckon(known: Signs, own: Signs) -> Hint:
        found = points(pack, {**known, **own})
        return Hint(found.hours, tuple(HintWords(one.words, one.level) for one in found.moving))

    return reckon


def by_model(model: Model, pack: PointPack) -> Reckoning:
    """The hours of the model's weights, and the signs that weigh most, in the words of the pack."""
    words = {sign.code: sign.words for sign in pack.signs}

    def reckon(known: Signs, _own: Signs) -> Hint:
        first = lifts(model, known)[:MOST_REASONS]
        reasons = (HintWords(words[sign.code], sign.levels[level]) for sign, level, _weight in first)
        return Hint(hours(model, known), tuple(reasons))

    return reckon


def hints(here: surroundings.School, reckon: Reckoning, now: datetime) -> dict[UUID, Hint]:
    """The hint of each open alert that has one."""
    found: dict[UUID, Hint] = {}
    for subject in surroundings.subjects_of_open(here).values():
        hint = reckon(known(here, subject, now), _own(subject))
        found |= {one.id: hint for one in subject if hint.hours}
    return _held(here, found, now)


def known(here: surroundings.School, found: Sequence[AlertTrace], now: datetime) -> dict[str, int]:
    """The signs of the pupil now, without the sheet or report that these alerts are about."""
    subject = Subject(now, frozenset({found[0].thing}))
    return evidence(here.around.get(found[0].student, NOBODY), subject)


def _held(here: surroundings.School, given: dict[UUID, Hint], now: datetime) -> dict[UUID, Hint]:
    """With the hints of those who are due soon: as much as anybody has, so no hint passes them."""
    most, pack = max((one.hours for one in given.values()), default=0), trial_packs.current()
    waiting, soon = alerts.open_ids(here.alerts), now + timedelta(hours=pack.held.hours)
    held = dict(given)
    for one in here.alerts:
        hint = given.get(one.id, Hint(0, ()))
        due = one.id in waiting and one.due_at is not None and one.due_at <= soon
        if due and hint.hours < most:
            held[one.id] = Hint(most, (*hint.because, HintWords(pack.held.words, "")))
    return held


def _own(found: Sequence[AlertTrace]) -> dict[str, int]:
    signs = {sign for one in found for sign in one.signs}
    return own_evidence([one.level for one in found], [one.rule for one in found], signs)
