"""Whether a pupil's score has changed by more than measurement noise since the last time. Pure.

The smallest change that counts is published with the instrument (reliable_change: points at the 95 % level); where
nothing was read at a source no judgement is made, only the two figures are told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qingyan.instruments.contracts import Instrument, Number

Scores = Mapping[str, Number | None]
SURE: Final = 1.96  # the index beyond which a change is taken as real; `points` of the file corresponds to it


class Change(StrEnum):
    """How the newer score stands to the older one."""

    WORSE = "worse"
    BETTER = "better"
    WITHIN_NOISE = "within_noise"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Trend:
    """Two scores of one scale. `index`: the reliable change index, None where the file names no reliable change."""

    scale: str
    title: str
    before: Number
    now: Number
    change: Change
    index: float | None = None


def trend(instrument: Instrument, before: Scores, now: Scores) -> Trend | None:
    """The scale with a published reliable change, else the first one with bands; None without two scores of it."""
    for scale_id in _scales(instrument):
        old, new = before.get(scale_id), now.get(scale_id)
        if old is not None and new is not None:
            index = _index(instrument, scale_id, new - old)
            worse = _higher_is_worse(instrument, scale_id)
            return Trend(scale_id, instrument.scale(scale_id).plain.zh, old, new, _judged(index, worse), index)
    return None


def _scales(instrument: Instrument) -> list[str]:
    known = [one.scale for one in instrument.reliable_change]
    return known + [scale.id for scale in instrument.scales if scale.bands and scale.id not in known]


def _index(instrument: Instrument, scale_id: str, difference: Number) -> float | None:
    points = next((one.points for one in instrument.reliable_change if one.scale == scale_id), None)
    return None if points is None else round(SURE * difference / points, 2)


def _higher_is_worse(instrument: Instrument, scale_id: str) -> bool | None:
    """From the direction in which the file's own screens ask; None where none asks about this scale."""
    signs = {
        condition.op[0]
        for screen in instrument.screens
        for condition in screen.conditions
        if scale_id in condition.scales
    }
    return {frozenset({">"}): True, frozenset({"<"}): False}.get(frozenset(signs))


def _judged(index: float | None, higher_is_worse: bool | None) -> Change:
    if index is None or higher_is_worse is None:
        return Change.NOT_KNOWN
    if abs(index) < SURE:
        return Change.WITHIN_NOISE
    return Change.WORSE if (index > 0) is higher_is_worse else Change.BETTER
