"""Asking guardians to fill in a questionnaire about their child, and keeping what they say.

The guardian has no account: the printed code of consent opens the page and is not spent. What is kept runs in a scope
of its own; neither the pupil's nor a teacher's scope can read the table.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from qingyan.consent.api import pupil_of_code
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.instruments import api as instruments
from qingyan.organisations.api import SchoolClass
from qingyan.people import api as people
from qingyan.screening.models import Campaign, ParentForm
from qingyan.screening.models.parent_form import ANSWERED, ASKED, WITHDRAWN
from qingyan.screening.policy import READ_CANDIDATES
from qingyan.screening.queries.parent_forms import parent_choices, shown, waiting_for

STAYS_OPEN = timedelta(days=21)
WHY = "a guardian fills in a questionnaire with the printed code"


@dataclass(frozen=True)
class Waiting:
    """A form that a right code opened."""

    form: UUID
    masked_name: str
    page: dict[str, Any]


def ask_guardians(*, campaign: Campaign, student_id: UUID, instrument: str, by: Actor, now: datetime) -> ParentForm:
    """Ask the guardians of one pupil. Again in the same round: what was asked before.

    Raises NotVisible; LookupError for an instrument that may not be asked of parents here, or not in this grade.
    """
    require(by, READ_CANDIDATES)
    pupil = people.pupil(by, student_id)
    if pupil is None or by.school_id is None:
        raise NotVisible("no such pupil")
    place = SchoolClass.objects.get(id=pupil.school_class)
    choice = next((one for one in parent_choices(by.school_id) if one.summary.code == instrument), None)
    if choice is None or place.grade not in choice.grades:
        raise LookupError(instrument)
    known = ParentForm.objects.filter(campaign=campaign, student_id=student_id, instrument=instrument)
    if before := known.exclude(state=WITHDRAWN).first():
        return before
    made = ParentForm.objects.create(
        campaign=campaign,
        student_id=pupil.id,
        school_id=by.school_id,
        school_class_id=pupil.school_class,
        instrument=instrument,
        version=choice.summary.version,
        wording_id=choice.wording,
        until=now + STAYS_OPEN,
        asked_at=now,
        asked_by_id=by.id,
    )
    _record("parent_form.asked", made, by=by, now=now)
    return made


def withdraw(*, form: ParentForm, by: Actor, now: datetime) -> None:
    """It is not needed any more. Raises NotVisible; NotAllowed once it is answered."""
    require(by, READ_CANDIDATES, form)
    locked = ParentForm.objects.select_for_update().get(id=form.id)
    if locked.state == ANSWERED:
        raise NotAllowed("parent form: it is answered")
    locked.state = WITHDRAWN
    locked.save(update_fields=["state"])
    _record("parent_form.withdrawn", locked, by=by, now=now)


def open_form(*, school_id: int, code: str, device: str, now: datetime) -> Waiting | None:
    """What waits for whoever holds this code. None for a wrong code, and alike when nothing waits."""
    student = pupil_of_code(school_id=school_id, code=code, device=device, now=now)
    if student is None:
        return None
    with _at_the_door(school_id) as keeper:
        form = waiting_for(school_id, student, now=now)
        return _waiting(form, keeper) if form else None


def open_again(*, school_id: int, form_id: UUID, now: datetime) -> Waiting | None:
    """The same page once more, when nothing was chosen on it; None when it waits no longer."""
    with _at_the_door(school_id) as keeper:
        form = ParentForm.objects.filter(school_id=school_id, id=form_id, state=ASKED, until__gt=now).first()
        return _waiting(form, keeper) if form else None


def answer(*, school_id: int, form_id: UUID, given: Mapping[int, int], relation: str, now: datetime) -> bool:
    """Score and keep the answers (item index -> value). False when it waits no longer.

    Raises InvalidAnswers for a value that is no option.
    """
    with _at_the_door(school_id) as keeper:
        form = ParentForm.objects.select_for_update().filter(school_id=school_id, id=form_id).first()
        if form is None or form.state != ASKED or form.until <= now:
            return False
        plan = instruments.plan(form.instrument, form.version)
        answers = [given.get(index) for index in range(len(plan.items))]
        scores = plan.score(answers, age=None)
        form.answers, form.relation, form.answered_at, form.state = answers, relation, now, ANSWERED
        form.values, form.bands = dict(scores.values), dict(scores.bands)
        form.instrument_hash = scores.digest
        form.save()
        _record("parent_form.answered", form, by=keeper, now=now)
        return True


@contextmanager
def _at_the_door(school_id: int) -> Iterator[Actor]:
    keeper = system_actor(school_id=school_id, sight=frozenset({Sight.RESULTS, Sight.IDENTITY}), purpose=WHY)
    with entered(keeper):
        yield keeper


def _waiting(form: ParentForm, keeper: Actor) -> Waiting | None:
    pupil = people.pupil(keeper, form.student_id)
    return Waiting(form.id, pupil.masked_name, shown(form)) if pupil else None


def _record(action: str, form: ParentForm, *, by: Actor, now: datetime) -> None:
    record(by=by, action=action, subject_kind="parent_form", subject_id=form.id, student_id=form.student_id, now=now)
