"""Whether a model may be offered for ordering: each condition apart, so that people see what is missing. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from qingyan.early_warning.rules.trial import TrialPack

CODES = ("days", "nights", "outcomes", "schools", "skill", "order", "groups")
FIGURES_HOLD = timedelta(days=2)


@dataclass(frozen=True)
class Trial:
    """How the trial stands: since when, how many nights were noted, the newest figures with their time, the look."""

    since: datetime
    nights: int
    figures: Mapping[str, Any] | None
    figures_at: datetime | None
    looked_at: datetime | None


@dataclass(frozen=True)
class Condition:
    """One condition of CODES. `have` and `need` are counts where there is something to count."""

    code: str
    met: bool
    have: int | None = None
    need: int | None = None


def conditions(pack: TrialPack, trial: Trial, *, now: datetime) -> tuple[Condition, ...]:
    """All of them, in the order of CODES. Figures that are too old, or that few stand behind, meet nothing."""
    days = max(0, (now - trial.since).days)
    fresh = trial.figures_at is not None and now - trial.figures_at <= FIGURES_HOLD
    figures = trial.figures if fresh and trial.figures else {"outcomes": 0, "found": 0, "schools": 0}
    outcomes, found, schools = (int(figures[key]) for key in ("outcomes", "found", "schools"))
    enough = outcomes >= pack.fewest_outcomes and min(found, outcomes - found) >= pack.fewest_of_each
    looked = trial.looked_at is not None and now - trial.looked_at <= timedelta(days=pack.looked_within_days)
    return (
        Condition("days", days >= pack.days, days, pack.days),
        Condition("nights", trial.nights >= pack.nights, trial.nights, pack.nights),
        Condition("outcomes", enough, outcomes, pack.fewest_outcomes),
        Condition("schools", schools >= pack.fewest_schools, schools, pack.fewest_schools),
        Condition("skill", better_than_chance(figures)),
        Condition("order", not_worse(figures, pack)),
        Condition("groups", looked and bool(figures.get("groups"))),
    )


def better_than_chance(figures: Mapping[str, Any]) -> bool:
    """The whole interval of what the hints alone can tell lies above chance; a model of noise does not pass."""
    auc = figures.get("auc")
    return auc is not None and auc[1] > 0.5


def not_worse(figures: Mapping[str, Any], pack: TrialPack) -> bool:
    """In both measures: not below the plain order, and the interval leaves no room for much worse."""
    gain = figures.get("gain") or {}
    told = [gain.get("capacity"), gain.get("tenth")]
    return all(one is not None and one[0] >= 0 and one[1] >= -pack.worse_by_at_most for one in told)
