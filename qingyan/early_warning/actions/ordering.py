"""Brings the alerts of one school forward by what the city has agreed to: nothing, signed points, or the model."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from qingyan.alerts import api as alerts
from qingyan.alerts.contracts import AlertTrace, Hint, HintWords
from qingyan.early_warning.queries import surroundings
from qingyan.early_warning.rules.around import Around, Subject
from qingyan.early_warning.rules.evidence import evidence, own_evidence
from qingyan.early_warning.rules.points import PointPack, points
from qingyan.foundation.access.actor import Actor

NOBODY = Around()


def order_by_points(*, pack: PointPack, here: surroundings.School, by: Actor, now: datetime) -> int:
    """Each open alert has the hint of its points, and its reasons; returns how many were changed."""
    hints: dict[UUID, Hint] = {}
    for found in surroundings.subjects_of_open(here).values():
        hint = hint_of(pack, known(here, found, now) | _own(found))
        hints |= {one.id: hint for one in found if hint.hours}
    return alerts.set_order_hints(hints=hints, by=by, now=now)


def known(here: surroundings.School, found: Sequence[AlertTrace], now: datetime) -> dict[str, int]:
    """The signs of the pupil now, without the sheet or report that these alerts are about."""
    subject = Subject(now, frozenset({found[0].thing}))
    return evidence(here.around.get(found[0].student, NOBODY), subject)


def hint_of(pack: PointPack, signs: dict[str, int]) -> Hint:
    """The hours of the points, and the signs that brought them."""
    found = points(pack, signs)
    return Hint(found.hours, tuple(HintWords(one.words, one.level) for one in found.moving))


def take_back(*, by: Actor, now: datetime) -> int:
    """No alert of the school has a hint; returns how many had one."""
    nothing: dict[UUID, Hint] = {}
    return alerts.set_order_hints(hints=nothing, by=by, now=now)


def _own(found: Sequence[AlertTrace]) -> dict[str, int]:
    signs = {sign for one in found for sign in one.signs}
    return own_evidence([one.level for one in found], [one.rule for one in found], signs)
