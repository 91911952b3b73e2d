"""How the trial of a model stands: since when, what the nights found, and which conditions are met."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.early_warning.models import GroupsRead, ModelNight, ModelVersion, PhaseStep
from qingyan.early_warning.queries import phases, point_packs, trial_packs, versions
from qingyan.early_warning.rules.card import model_from
from qingyan.early_warning.rules.readiness import Condition, Trial, conditions
from qingyan.early_warning.rules.watch import fits
from qingyan.early_warning.workflow import SHADOW


@dataclass(frozen=True)
class Standing:
    """The trial under way, for one reader: the look at the groups that counts is the reader's own."""

    step: PhaseStep
    trial: Trial
    night: ModelNight | None
    conditions: tuple[Condition, ...]

    @property
    def is_ready(self) -> bool:
        """Whether the model may be offered for ordering."""
        return all(one.met for one in self.conditions)


def standing(city_id: int, reader: UUID | None, now: datetime) -> Standing | None:
    """The trial of the city, or None while none is under way."""
    step = phases.newest(city_id)
    if step is None or step.target != SHADOW:
        return None
    nights = ModelNight.objects.filter(city_id=city_id, step=step.number, figures__isnull=False)
    night = nights.first()
    looked = GroupsRead.objects.filter(city_id=city_id, step=step.number, read_by_id=reader).first()
    trial = Trial(
        since=step.at,
        nights=nights.count(),
        figures=night.figures if night else None,
        figures_at=night.at if night else None,
        looked_at=looked.read_at if looked else None,
    )
    return Standing(step, trial, night, conditions(trial_packs.current(), trial, now=now))


def newest_watch(city_id: int) -> ModelNight | None:
    """The last nightly look at the model of the step that holds, or None."""
    step = phases.newest(city_id)
    return None if step is None else ModelNight.objects.filter(city_id=city_id, step=step.number).first()


def usable(city_id: int, number: int | None) -> ModelVersion | None:
    """The model of this number, if it learned the signs of the pack in force; else None."""
    row = None if number is None else versions.version(city_id, number)
    if row is None or not fits(model_from(row.weights), point_packs.current(city_id).pack.learned()):
        return None
    return row
