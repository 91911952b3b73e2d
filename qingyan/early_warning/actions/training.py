"""A model is learned from what people found in all schools of a city; too few outcomes, and nothing is stored."""

from datetime import datetime

from qingyan.early_warning.models import ModelVersion
from qingyan.early_warning.policy import LEARN
from qingyan.early_warning.queries import phases, point_packs, surroundings
from qingyan.early_warning.queries.training import examples
from qingyan.early_warning.rules.card import Example, learned, weights_as_json
from qingyan.early_warning.rules.learning import Sign
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.organisations import api as organisations

PURPOSE = "gather outcomes without names to learn an order"


def learn_city(*, city_id: int, by: Actor, now: datetime) -> ModelVersion:
    """A new version with its card. Raises NotVisible, and learning.TooFew, after which nothing is stored.

    It orders nothing: no queue asks it.
    """
    row = ModelVersion(city_id=city_id)
    require(by, LEARN, row)
    if by.id is None:
        raise NotVisible(LEARN.code)
    pack = point_packs.current(city_id).pack
    model, card = learned(pack.learned(), _all_schools(pack.learned()))
    phases.hold_still()
    last = ModelVersion.objects.filter(city_id=city_id).first()
    row.number = last.number + 1 if last else 1
    row.pack, row.weights, row.card = pack.name, weights_as_json(model), card
    row.learned_at, row.by_id = now, by.id
    row.save(force_insert=True)
    detail = {"number": row.number, "pupils": card["pupils"], "schools": card["schools"], "pack": row.pack}
    record(by=by, action="early_warning.learn", subject_kind="model_version", subject_id=row.id, now=now, detail=detail)
    return row


def _all_schools(signs: tuple[Sign, ...]) -> list[Example]:
    """In memory only, and shuffled by nothing: a school is a running number here."""
    found: list[Example] = []
    for place, school_id in enumerate(organisations.school_ids()):
        at_school = system_actor(school_id=school_id, sight=surroundings.SIGHT, purpose=PURPOSE)
        with entered(at_school):
            found += examples(at_school, signs, place=place)
    return found
