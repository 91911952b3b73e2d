"""The norms that a city computed, the newest first, and one of them with its figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from qingyan.instruments.contracts import Plan
from qingyan.instruments.models import LocalNorm, LocalNormCell
from qingyan.instruments.queries import library


@dataclass(frozen=True)
class Figures:
    """One norm with its cells and the plan of its version."""

    row: LocalNorm
    cells: tuple[LocalNormCell, ...]
    plan: Plan


def local_norms(code: str, version: str) -> list[LocalNorm]:
    """The norms of this version; never a norm of another one."""
    return list(LocalNorm.objects.filter(instrument=code, instrument_version=version).order_by("-computed_at"))


def norms_of_round(campaign_id: UUID) -> dict[str, LocalNorm]:
    """Those computed from this round, by instrument."""
    return {one.instrument: one for one in LocalNorm.objects.filter(campaign=campaign_id).order_by("computed_at")}


def figures_of(norm_id: UUID) -> Figures | None:
    """One norm, or None."""
    row = LocalNorm.objects.filter(id=norm_id).first()
    if row is None:
        return None
    cells = LocalNormCell.objects.filter(norm=row)
    return Figures(row, tuple(cells), library.load_plan(row.instrument, row.instrument_version))


def in_order(figures: Figures) -> Iterable[LocalNormCell]:
    """The cells in the order of the instrument's scales, then by group and sex."""
    places = {scale.id: place for place, scale in enumerate(figures.plan.instrument.scales)}
    return sorted(figures.cells, key=lambda one: (places.get(one.scale, len(places)), one.group, one.sex))
