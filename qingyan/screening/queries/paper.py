"""Forms on paper: for the counsellor with names, for a helper with codes only.

A helper's own scope shows no form at all: the platform reads it for them, after their grant has been looked at.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.access.roles import Role, Sight
from qingyan.foundation.access.scope import entered
from qingyan.instruments import api as instruments
from qingyan.people import api as people
from qingyan.screening.models import Campaign, PaperForm
from qingyan.screening.policy import KEY_PAPER, MANAGE_PAPER
from qingyan.screening.queries.presented import presented
from qingyan.screening.rules.paper import Difference, PaperItem, differences, items_of
from qingyan.screening.workflow import DIFFERS, KEYED, PRINTED

PAPER_SIGHT = frozenset({Sight.ANSWERS, Sight.IDENTITY, Sight.PROGRESS})
PURPOSE = "key in a form on paper"
OPEN_STATES = (PRINTED, KEYED, DIFFERS)


@dataclass(frozen=True)
class FormLine:
    """One form in a list. `name` is "" for a helper and for a blank form; `next` says what this person can do."""

    form: PaperForm
    name: str
    title: str
    next: str


@contextmanager
def at_the_paper(actor: Actor) -> Iterator[None]:
    """The platform's scope at the actor's school, for this purpose only."""
    with entered(system_actor(school_id=actor.school_id, sight=PAPER_SIGHT, purpose=PURPOSE)):
        yield


def forms_of(actor: Actor, campaign: Campaign, *, now: datetime) -> list[FormLine]:
    """The counsellor's forms of this round with names; a helper's with codes only. Raises NotVisible."""
    require(actor, KEY_PAPER)
    with at_the_paper(actor):
        rows = [
            form
            for form in PaperForm.objects.filter(campaign=campaign, school_id=actor.school_id).order_by(
                "-printed_at", "code"
            )
            if may_key(actor, form, now=now)
        ]
    if not counsels(actor):
        rows = [form for form in rows if form.state in OPEN_STATES]
    names = people.pupils(actor, [form.student_id for form in rows if form.student_id]) if counsels(actor) else {}
    return [_line(actor, form, names) for form in rows]


def form_to_key(actor: Actor, form_id: UUID, *, now: datetime) -> PaperForm:
    """A form that this person may key or look at. Raises NotVisible."""
    require(actor, KEY_PAPER)
    with at_the_paper(actor):
        form = PaperForm.objects.filter(id=form_id, school_id=actor.school_id).first()
    if form is None or not may_key(actor, form, now=now):
        raise NotVisible("no such form for this person")
    return form


def batch_of(actor: Actor, batch: UUID) -> list[PaperForm]:
    """The forms of one printing, for the counsellor. Raises NotVisible when there are none."""
    require(actor, MANAGE_PAPER)
    rows = list(PaperForm.objects.filter(batch=batch, school_id=actor.school_id).order_by("code"))
    if not rows:
        raise NotVisible("no such batch")
    return rows


def items_on(form: PaperForm) -> tuple[PaperItem, ...]:
    """The items as they stand on the paper."""
    return items_of(presented(form.campaign_id, form.instrument, form.version, form.age))


def entry_of(actor: Actor, form: PaperForm) -> list[int | None]:
    """What this person has keyed so far, in item order; nobody else's."""
    empty: list[int | None] = [None] * len(instruments.plan(form.instrument, form.version).items)
    if form.first_by_id == actor.id:
        return list(form.first) or empty
    return (list(form.second) or empty) if form.second_by_id == actor.id else empty


def differences_of(actor: Actor, form: PaperForm) -> tuple[Difference, ...]:
    """Where the two entries differ; for who keyed one of them, and for the counsellor. Raises NotVisible."""
    if form.state != DIFFERS or not (counsels(actor) or actor.id in (form.first_by_id, form.second_by_id)):
        raise NotVisible("nothing to compare")
    return differences(items_on(form), form.first, form.second)


def counsels(actor: Actor) -> bool:
    """Whether the actor is a counsellor here."""
    return Role.COUNSELLOR in actor.roles_here


def may_key(actor: Actor, form: PaperForm, *, now: datetime) -> bool:
    """A counsellor of the school, or the helper of this batch until the grant ends."""
    if counsels(actor):
        return True
    return form.helper_id == actor.id and form.helper_until is not None and form.helper_until > now


def _line(actor: Actor, form: PaperForm, names) -> FormLine:
    pupil = names.get(form.student_id)
    title = instruments.instrument(form.instrument, form.version).public_title.zh
    return FormLine(form, pupil.name if pupil else "", title, _next(actor, form))


def _next(actor: Actor, form: PaperForm) -> str:
    """ "assign", "key", "compare" or "": the one thing that this person can do now."""
    if form.state in (PRINTED, KEYED) and form.student_id is None:
        return "assign" if counsels(actor) else ""
    if form.state == DIFFERS:
        return "compare"
    mine_is_done = (form.first_by_id == actor.id and form.first_done_at) or (
        form.second_by_id == actor.id and form.second_done_at
    )
    return "key" if form.state in (PRINTED, KEYED) and not mine_is_done else ""
