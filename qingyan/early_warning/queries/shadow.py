"""What the trial has noted in one school, together with what came of it. Read in the night's scope only."""

from qingyan.early_warning.models import ShadowPlace
from qingyan.early_warning.queries.surroundings import School
from qingyan.early_warning.queries.training import groups_of, levels_of, outcomes
from qingyan.early_warning.rules.around import Subject
from qingyan.early_warning.rules.learning import Model
from qingyan.early_warning.rules.lifting import hours
from qingyan.early_warning.rules.trial import Front, Judged
from qingyan.foundation.access.actor import Actor


def judged(actor: Actor, here: School, model: Model, *, trial: int, place: int) -> list[Judged]:
    """The noted sheets whose outcome is known, each outcome once; the signs are those of the night of the note."""
    noted = {row.thing: row for row in ShadowPlace.objects.filter(school_id=actor.school_id, trial=trial)}
    pairs = []
    for one in outcomes(here):
        rows = [noted[thing] for thing in one.things if thing in noted]
        if rows:
            pairs.append((one, min(rows, key=lambda row: row.noted_at)))
    groups = groups_of(actor, [one for one, _row in pairs])
    codes = [sign.code for sign in model.signs]
    found = []
    for one, row in pairs:
        levels = levels_of(here, one.student, Subject(row.noted_at, one.subject.left_out), model.signs)
        said = hours(model, dict(zip(codes, levels, strict=True)))
        found.append(Judged(place, front_of(row), said, one.found, groups.get(one.student, ())))
    return found


def front_of(row: ShadowPlace) -> Front:
    """As the rules want it."""
    return Front(
        (row.plain_capacity, row.points_capacity, row.model_capacity),
        (row.plain_tenth, row.points_tenth, row.model_tenth),
    )
