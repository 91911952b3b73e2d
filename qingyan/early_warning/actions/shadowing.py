"""Notes where a model would have put the sheets that wait at a school, beside the plain order and the points.

Nobody is shown it and nothing is moved: no hint, no level. When a trial ends, what it noted is deleted.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from qingyan.alerts import api as alerts
from qingyan.alerts.contracts import AlertTrace, Hint
from qingyan.early_warning.actions.ordering import by_model, by_points, hints
from qingyan.early_warning.models import ShadowPlace
from qingyan.early_warning.queries import surroundings
from qingyan.early_warning.rules.learning import Model
from qingyan.early_warning.rules.points import PointPack
from qingyan.early_warning.rules.trial import Front, Line, fronts
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.organisations import api as organisations

SIGHT = surroundings.SIGHT | {Sight.TRIAL}
PURPOSE = "try a model in shadow"
NOTHING = Hint(0, ())


def night_actor(school_id: int) -> Actor:
    """The platform standing at a school with the sight that a trial needs; no role has it."""
    return system_actor(school_id=school_id, sight=SIGHT, purpose=PURPOSE)


def note(*, trial: int, model: Model, pack: PointPack, here: surroundings.School, by: Actor, now: datetime) -> int:
    """Note what waits and was not noted before in this trial. Returns how many; twice a night is once."""
    lines = _lines(here, hints(here, by_points(pack), now), hints(here, by_model(model, pack), now))
    stood = fronts(lines, capacity=alerts.talks_a_day(by, now))
    earlier = set(ShadowPlace.objects.filter(school_id=by.school_id, trial=trial).values_list("thing", flat=True))
    rows = [_row(by, trial, thing, stood[thing], now) for thing in stood if thing not in earlier]
    ShadowPlace.objects.bulk_create(rows, batch_size=500)
    if rows:
        detail = {"trial": trial, "noted": len(rows)}
        record(
            by=by, action="early_warning.note", subject_kind="school", subject_id=by.school_id, now=now, detail=detail
        )
    return len(rows)


def forget(*, now: datetime) -> None:
    """Delete what trials noted, in every school: nobody needs it any more."""
    for school_id in organisations.school_ids():
        by = night_actor(school_id)
        with entered(by):
            gone, _each = ShadowPlace.objects.filter(school_id=school_id).delete()
            if gone:
                record(
                    by=by,
                    action="early_warning.forget_notes",
                    subject_kind="school",
                    subject_id=school_id,
                    now=now,
                    detail={"deleted": gone},
                )


def _lines(here: surroundings.School, points: Mapping[UUID, Hint], model: Mapping[UUID, Hint]) -> list[Line]:
    """One line a sheet, as the queue shows it: by its first alert in each order."""
    found = []
    for thing, those in surroundings.subjects_of_open(here).items():
        plain = min(_plain_place(one) for one in those)
        found.append(Line(thing, (plain, _helped_place(those, points), _helped_place(those, model))))
    return found


def _helped_place(those: Sequence[AlertTrace], given: Mapping[UUID, Hint]) -> datetime:
    return min(_plain_place(one) - timedelta(hours=given.get(one.id, NOTHING).hours) for one in those)


def _plain_place(one: AlertTrace) -> datetime:
    return one.place_at + timedelta(hours=one.hint_hours)


def _row(by: Actor, trial: int, thing: UUID, front: Front, now: datetime) -> ShadowPlace:
    plain_capacity, points_capacity, model_capacity = front.capacity
    plain_tenth, points_tenth, model_tenth = front.tenth
    return ShadowPlace(
        school_id=by.school_id,
        trial=trial,
        thing=thing,
        noted_at=now,
        plain_capacity=plain_capacity,
        points_capacity=points_capacity,
        model_capacity=model_capacity,
        plain_tenth=plain_tenth,
        points_tenth=points_tenth,
        model_tenth=model_tenth,
    )
