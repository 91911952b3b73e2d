"""A trial that could have been: invented pupils of some schools, a model, three orders, outcomes. Not a test."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np

from qingyan.early_warning.queries.trial_packs import SHELF, parse
from qingyan.early_warning.rules.learning import Model, Sign, learn
from qingyan.early_warning.rules.lifting import hours
from qingyan.early_warning.rules.trial import Judged, Line, TrialPack, fronts

SIGNS = (Sign("asked", ("none", "yes")), Sign("seen", ("none", "some")))
SCHOOLS, EACH, CAPACITY = 12, 80, 8
START = datetime(2026, 11, 1, tzinfo=UTC)
PACK: TrialPack = parse((SHELF / "1.0.yaml").read_text(encoding="utf-8"))


def pupils(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Levels, outcomes, schools: of those who asked three in five need care, of the others one in ten."""
    dice = np.random.default_rng(seed)
    asked = dice.random(SCHOOLS * EACH) < 0.2
    levels = np.stack([asked.astype(np.int64), np.zeros(SCHOOLS * EACH, dtype=np.int64)], axis=1)
    return levels, dice.random(SCHOOLS * EACH) < np.where(asked, 0.6, 0.1), np.repeat(np.arange(SCHOOLS), EACH)


def taught(seed: int, *, shuffled: bool = False) -> Model:
    """A model of such pupils; or of outcomes that belong to nobody."""
    levels, found, schools = pupils(seed)
    if shuffled:
        found = np.random.default_rng(seed).permutation(found)
    return learn(SIGNS, levels, found, schools)[0]


def tried(model: Model, seed: int) -> list[Judged]:
    """What a trial of the model would have noted and seen, with other pupils than it learned from."""
    levels, found, schools = pupils(seed)
    dice = np.random.default_rng(seed + 1000)
    judged = []
    for school in range(SCHOOLS):
        here = np.flatnonzero(schools == school)
        hinted = {int(n): hours(model, _signs(levels[n])) for n in here}
        lines = []
        for n in here:
            plain = START + timedelta(hours=float(dice.random() * 48))
            helped = plain - timedelta(hours=hinted[int(n)])
            lines.append(Line(UUID(int=int(n)), (plain, plain, helped)))
        stood = fronts(lines, capacity=CAPACITY)
        judged += [
            Judged(school, stood[UUID(int=int(n))], hinted[int(n)], bool(found[n]), ("girls", "boys")[int(n) % 2 :][:1])
            for n in here
        ]
    return judged


def _signs(row: np.ndarray) -> dict[str, int]:
    return {sign.code: int(level) for sign, level in zip(SIGNS, row, strict=True)}
