"""The trial of a model: where each order would have put a sheet or report, and what came of it. Pure.

A sheet is noted once, on the first night on which it waits: later its place would also depend on which order the
counsellors really followed. Noted are places in the front, not scores. Intervals are made by drawing whole schools
again and again with a fixed seed (the cluster bootstrap; Field & Welsh 2007, J R Stat Soc B 69:369-390), since pupils
of one school are alike.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from pydantic import Field
from sklearn.metrics import roc_auc_score

from qingyan.early_warning.rules.learning import Reals, Truths
from qingyan.early_warning.rules.measuring import CAPACITY
from qingyan.early_warning.rules.points import Code, Strict, Text

ORDERS = ("plain", "points", "model")
PLAIN, POINTS, MODEL = range(3)
SEED, INTERVAL = 20_261_101, (2.5, 97.5)
Count = Annotated[int, Field(ge=1, le=100_000)]
Places = npt.NDArray[np.intp]
Fronts = npt.NDArray[np.bool_]  # (outcomes, orders)
Measure = Callable[[Reals], Reals]  # (resamples, schools) weights -> (resamples,) figures


class DriftRules(Strict):
    """Over how many days one looks, how many pupils and outcomes that needs, and from where a shift is real."""

    days: Count
    fewest: Count
    fewest_outcomes: Count
    shifted: Annotated[float, Field(gt=0, le=2)]


class Held(Strict):
    """How soon an alert has to be due so that no hint passes it, and what is said of it then."""

    hours: Annotated[int, Field(ge=0, le=240)]
    words: Text


class TrialPack(Strict):
    """The versioned file (library/trial)."""

    code: Code
    version: Annotated[str, Field(pattern=r"^\d+\.\d+$")]
    title: Text
    about: Text
    days: Annotated[int, Field(ge=90, le=3650)]
    nights: Count
    fewest_outcomes: Count
    fewest_of_each: Annotated[int, Field(ge=30)]
    fewest_schools: Annotated[int, Field(ge=2)]
    shown_from: Annotated[int, Field(ge=30)]
    fewest_in_a_group: Annotated[int, Field(ge=30)]
    worse_by_at_most: Annotated[float, Field(ge=0, le=0.2)]
    looked_within_days: Count
    resamples: Annotated[int, Field(ge=100, le=10_000)]
    held: Held
    drift: DriftRules
    rules: Annotated[tuple[Text, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Line:
    """One sheet or report in the queue of a school: the moment by which each of ORDERS places it, earlier first."""

    thing: UUID
    places: tuple[datetime, datetime, datetime]


@dataclass(frozen=True, slots=True)
class Front:
    """For each of ORDERS: whether it stood among those that counsellors can see that day, and in the first tenth."""

    capacity: tuple[bool, bool, bool]
    tenth: tuple[bool, bool, bool]


@dataclass(frozen=True, slots=True)
class Judged:
    """A noted sheet with its outcome, without a name. `hours` is the model's hint, reckoned anew and kept nowhere."""

    school: int
    front: Front
    hours: int
    found: bool
    groups: tuple[str, ...]


def fronts(lines: Sequence[Line], *, capacity: int) -> dict[UUID, Front]:
    """Where each line stands in each order of this list; the first tenth is at least one."""
    tenth = max(1, int(len(lines) * CAPACITY))
    ranks = [_ranks(lines, order) for order in range(len(ORDERS))]
    return {one.thing: Front(_within(ranks, one.thing, capacity), _within(ranks, one.thing, tenth)) for one in lines}


def measured(judged: Sequence[Judged], pack: TrialPack) -> dict[str, Any]:
    """The figures of the trial: counts always, and each figure as [value, low, high] once there are enough outcomes."""
    found = np.array([one.found for one in judged], dtype=bool)
    counts = {"outcomes": len(judged), "found": int(found.sum()), "schools": len({one.school for one in judged})}
    if len(judged) < pack.shown_from or counts["schools"] < pack.fewest_schools or found.all() or not found.any():
        return {**counts, "auc": None, "orders": None, "gain": None, "groups": {}}
    schools = np.unique([one.school for one in judged], return_inverse=True)[1]
    weights = _drawn(counts["schools"], pack.resamples)
    parts = {
        "capacity": np.array([one.front.capacity for one in judged], dtype=bool),
        "tenth": np.array([one.front.tenth for one in judged], dtype=bool),
    }
    measures = {
        (name, order): _share(schools, front[:, order] & found, front[:, order] if name == "capacity" else found)
        for name, front in parts.items()
        for order in range(len(ORDERS))
    }
    return {
        **counts,
        "auc": auc(np.array([one.hours for one in judged]), found, schools, pack.resamples),
        "orders": {
            words: {name: _told(weights, measures[name, order]) for name in parts} for order, words in enumerate(ORDERS)
        },
        "gain": {name: _told(weights, _minus(measures[name, MODEL], measures[name, PLAIN])) for name in parts},
        "groups": _groups(judged, parts["tenth"], found, pack),
    }


def auc(hours: Places, found: Truths, schools: Places, resamples: int) -> list[float]:
    """How well the model's hints alone tell the two kinds apart: [value, low, high]; .5 is chance."""

    def one(weight: Reals) -> float:
        each = weight[schools]
        both = each[found].any() and each[~found].any()
        return float(roc_auc_score(found, hours, sample_weight=each)) if both else float("nan")

    drawn = _drawn(int(schools.max()) + 1, resamples)
    values = [one(weight) for weight in drawn]
    return [round(float(roc_auc_score(found, hours)), 4), *_ends(np.array(values))]


def _ranks(lines: Sequence[Line], order: int) -> dict[UUID, int]:
    first = sorted(lines, key=lambda one: (one.places[order], one.thing))
    return {one.thing: place for place, one in enumerate(first)}


def _within(ranks: Sequence[Mapping[UUID, int]], thing: UUID, first: int) -> tuple[bool, bool, bool]:
    plain, points, model = (one[thing] < first for one in ranks)
    return plain, points, model


def _drawn(schools: int, times: int) -> Reals:
    """How often each school was drawn, for each resample: shape (times, schools)."""
    return np.random.default_rng(SEED).multinomial(schools, [1 / schools] * schools, size=times).astype(float)


def _share(schools: Places, part: Truths, whole: Truths) -> Measure:
    """A share whose counts are summed school by school; not a number where the whole is empty."""
    above, below = (np.bincount(schools, weights=one.astype(float)) for one in (part, whole))

    def share(weights: Reals) -> Reals:
        with np.errstate(invalid="ignore", divide="ignore"):
            answer: Reals = (weights @ above) / (weights @ below)
        return answer

    return share


def _minus(one: Measure, other: Measure) -> Measure:
    return lambda weights: one(weights) - other(weights)


def _told(weights: Reals, measure: Measure) -> list[float] | None:
    """[value, low, high], or None where nothing stood in the front."""
    value = float(measure(np.ones((1, weights.shape[1])))[0])
    return None if np.isnan(value) else [round(value, 4), *_ends(measure(weights))]


def _ends(values: Reals) -> list[float]:
    low, high = np.nanpercentile(values, INTERVAL)
    return [round(float(low), 4), round(float(high), 4)]


def _groups(judged: Sequence[Judged], tenth: Fronts, found: Truths, pack: TrialPack) -> dict[str, Any]:
    """For each coarse group the share of those who needed care that each order had in its first tenth."""
    names = sorted({name for one in judged for name in one.groups})
    members = {name: np.array([name in one.groups for one in judged], dtype=bool) for name in names}
    return {name: _group(tenth[who], found[who], pack) for name, who in members.items()}


def _group(tenth: Fronts, found: Truths, pack: TrialPack) -> dict[str, float] | None:
    if len(found) < pack.fewest_in_a_group or not found.any():
        return None
    return {words: round(float(tenth[found, order].mean()), 4) for order, words in enumerate(ORDERS)}
