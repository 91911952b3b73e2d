"""Side by side: each cut-off with each basis that there is for it, with and without a second step. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from qingyan.screening.rules.capacity import (
    Interval,
    Load,
    Sharpness,
    Stage,
    load,
    stage_of,
    stage_with_share,
    then,
)


@dataclass(frozen=True)
class Basis:
    """Where a share of positives comes from: a published accuracy, or a share that was counted or assumed."""

    label: str
    cut: str
    pupils: int
    sharpness: Sharpness | None = None
    positive: Interval | None = None


@dataclass(frozen=True)
class Settings:
    """What whoever plans may turn. `staff` in full posts; `cases`: the assumed share of cases, None when not given."""

    minutes: int
    staff: float
    cases: Interval | None = None
    second: Sharpness | None = None


@dataclass(frozen=True)
class Scenario:
    """One line of the comparison; `both` is the line after a second step, None where it cannot be worked out."""

    basis: Basis
    stage: Stage
    load: Load
    both: Stage | None = None
    both_load: Load | None = None


def scenarios(bases: Iterable[Basis], settings: Settings) -> list[Scenario]:
    """Every basis that suffices for a figure, in order. A published accuracy needs an assumed share of cases."""
    return [_scenario(one, stage, settings) for one in bases if (stage := _stage(one, settings)) is not None]


def _stage(basis: Basis, settings: Settings) -> Stage | None:
    if basis.positive is not None:
        return stage_with_share(basis.positive)
    if basis.sharpness is None or settings.cases is None:
        return None
    return stage_of(basis.sharpness, settings.cases)


def _scenario(basis: Basis, stage: Stage, settings: Settings) -> Scenario:
    def asks(part: Stage) -> Load:
        return load(pupils=basis.pupils, positive=part.positive, staff=settings.staff, minutes=settings.minutes)

    both = then(stage, settings.second) if settings.second else None
    return Scenario(basis, stage, asks(stage), both, asks(both) if both else None)
