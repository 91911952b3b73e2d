"""Which questionnaires guardians may be asked, what was asked of one pupil's, and what the guardian's page shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows
from qingyan.instruments import api as instruments
from qingyan.instruments.api import wordings
from qingyan.instruments.contracts import InstrumentSummary
from qingyan.screening.models import Campaign, ParentForm
from qingyan.screening.models.parent_form import ASKED, WITHDRAWN
from qingyan.screening.policy import READ_CANDIDATES
from qingyan.screening.queries.reviewed import approved_grades


@dataclass(frozen=True)
class ParentChoice:
    """An instrument that guardians may be asked, the words it is asked in, and the grades that the city approved."""

    summary: InstrumentSummary
    wording: UUID | None
    grades: frozenset[int]


def parent_choices(school_id: int) -> list[ParentChoice]:
    """The newest forms for parents whose words are there. None with a marked item: no alert would hear a guardian."""
    brought = wordings.usable_for(school_id=school_id, city_id=None)
    approved = approved_grades(school_id=school_id, city_id=None)
    found = []
    for one in instruments.released():
        key = (one.code, one.version)
        usable = brought.get(key)
        if one.informant != "parent" or not one.latest or (one.needs_wording and usable is None):
            continue
        marked = any(item.critical for item in instruments.instrument(*key).items)
        if marked or (usable is not None and wordings.concerns_of(usable.id)):
            continue
        found.append(ParentChoice(one, usable.id if usable else None, approved.get(key, frozenset())))
    return [one for one in found if one.grades]


def forms_about(actor: Actor, campaign: Campaign, student_id: UUID) -> list[ParentForm]:
    """What was asked about one pupil in this round, for the counsellor; withdrawn ones are left out."""
    rows = ParentForm.objects.filter(permitted_rows(actor, READ_CANDIDATES), campaign=campaign, student_id=student_id)
    return list(rows.exclude(state=WITHDRAWN).order_by("asked_at"))


def form_of(actor: Actor, form_id: UUID) -> ParentForm | None:
    """One of the actor's school, or None."""
    return ParentForm.objects.filter(permitted_rows(actor, READ_CANDIDATES), id=form_id).first()


def waiting_for(school_id: int, student_id: UUID, *, now: datetime) -> ParentForm | None:
    """The oldest one that still waits for the guardians of this pupil. The scope must be the guardians' door's."""
    rows = ParentForm.objects.filter(school_id=school_id, student_id=student_id, state=ASKED, until__gt=now)
    return rows.order_by("asked_at").first()


def shown(form: ParentForm) -> dict[str, Any]:
    """What the guardian reads: the questions in the words that were frozen when it was asked."""
    words = wordings.words_of(form.wording_id) if form.wording_id else None
    return instruments.presentation(form.instrument, form.version, age=None, words=words)


def about_guardians(actor: Actor, campaign: Campaign, student_id: UUID) -> dict[str, Any]:
    """What the comparison shows of asking guardians: what was asked, and what may be."""
    asked = forms_about(actor, campaign, student_id)
    may_ask = actor.school_id is not None and not asked
    return {
        "parent_forms": [{"form": one, "title": title_of(one)} for one in asked],
        "parent_choices": parent_choices(actor.school_id) if may_ask and actor.school_id else [],
    }


def title_of(form: ParentForm) -> str:
    """The instrument's title for staff."""
    return str(instruments.instrument(form.instrument, form.version).title.zh)
