"""A model of the city with its card, learned from invented examples, and its trial with invented figures."""

from datetime import timedelta

from django.utils import timezone

from qingyan.early_warning.models import ModelNight, ModelVersion, PhaseStep
from qingyan.early_warning.queries.point_packs import current
from qingyan.early_warning.rules.card import Example, learned, weights_as_json
from tests.factories.city import Cast

PUPILS = 240


def make_model(cast: Cast, number: int = 1) -> int:
    """The number of the model. Who asked for help is found in three of four cases, others in one of four: AUC .75."""
    pack = current(cast.city.id).pack
    examples = [
        Example(
            tuple(n % 2 if sign.code == "asked" else 0 for sign in pack.learned()),
            n % 8 < 2 + 4 * (n % 2),
            n // 40,
            ("girls",),
        )
        for n in range(PUPILS)
    ]
    model, card = learned(pack.learned(), examples)
    row = ModelVersion(city=cast.city, number=number, pack=pack.name, weights=weights_as_json(model), card=card)
    row.learned_at, row.by = timezone.now(), cast.city_officer
    row.save(force_insert=True)
    return row.number


def make_trial(cast: Cast, model: int) -> PhaseStep:
    """The trial of the model, begun a month ago, with one night whose figures are invented."""
    now = timezone.now()
    step = PhaseStep(city=cast.city, number=1, verb="start_shadow", origin="off", target="shadow", model=model)
    step.at, step.by = now - timedelta(days=30), cast.city_officer
    step.save(force_insert=True)
    night = ModelNight(city=cast.city, step=step.number, night=timezone.localdate(now), at=now)
    night.watch = {"verdict": "steady", "signs": {"asked": 0.02}, "outcome": 0.01, "auc": [0.7, 0.6, 0.8]}
    both = {"capacity": [0.4, 0.3, 0.5], "tenth": [0.3, 0.2, 0.4]}
    night.figures = {
        "outcomes": 240,
        "found": 60,
        "schools": 12,
        "auc": [0.7, 0.6, 0.8],
        "orders": {"plain": both, "points": both, "model": both},
        "gain": {"capacity": [0.0, -0.02, 0.02], "tenth": [0.0, -0.02, 0.02]},
        "groups": {"boys": None, "girls": {"plain": 0.3, "points": 0.3, "model": 0.3}},
    }
    night.save(force_insert=True)
    return step
