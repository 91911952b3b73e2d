"""Everything that the page of one case shows; opening it has been recorded (actions/looking.py)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingyan.cases.models import Case, CaseStep, ToDo
from qingyan.cases.policy import APPROVE, CARRY, OPEN_CASE, READ_PAPERS, REFER, SECOND_READ
from qingyan.cases.queries import packs
from qingyan.cases.queries.panels import meeting_step
from qingyan.cases.queries.papers import PaperLink, paper_links
from qingyan.cases.queries.predecessors import gone_from
from qingyan.cases.queries.relations import relations_to
from qingyan.cases.queries.sources import SourceLine, sources_of
from qingyan.cases.queries.words import Due, due_words
from qingyan.cases.rules.pack import CasePack, Level
from qingyan.cases.workflow import CASE, SEAL_ASKED
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import Permission, allowed
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.access.visibility import sees
from qingyan.people import api as people
from qingyan.people.contracts import Pupil

STEPS_SHOWN = 100
SOON = timedelta(days=14)  # what is due later is folded away: nobody ticks it off by mistake
OWN_WORDS = {"open": gettext_noop("建立个案"), "hand_over": gettext_noop("更换负责人")}
# Which page takes a step of the table, and who may open it. A step without a page has its paper in a later domain.
STEP_PAGES: dict[str, tuple[str, Permission]] = {
    "take": ("cases:take", OPEN_CASE),
    "interview": ("cases:interview", CARRY),
    "convene": ("cases:convene", CARRY),
    "refer": ("cases:refer", REFER),
    "close": ("cases:close", CARRY),
    "ask_seal": ("cases:ask_seal", CARRY),
    "seal": ("cases:second_reading", SECOND_READ),
    "worsen": ("cases:step", CARRY),
    "take_leave": ("cases:find_leave", CARRY),  # shows the leave that is under way
    "come_back": ("cases:find_leave", CARRY),
    "settle": ("cases:step", CARRY),
    "feed_back": ("cases:step", CARRY),
}


@dataclass(frozen=True)
class Button:
    """One step of the table that this person may take now."""

    label: str
    url: str
    primary: bool


@dataclass(frozen=True)
class Moment:
    """One line of the history, in words. `note` only for those who may read it."""

    at: datetime
    by: str
    title: str
    level: Level | None
    note: str


@dataclass(frozen=True)
class ToDoLine:
    """One todo with the time left."""

    todo: ToDo
    due: Due | None


@dataclass(frozen=True)
class CasePage:
    """One case, ready to show. `papers`: whether the actor carries it and may open its papers."""

    case: Case
    pupil: Pupil | None
    level: Level | None
    urgency: Level
    due: Due | None
    owner_role: str
    buttons: list[Button]
    todos: list[ToDoLine]
    later: list[ToDoLine]
    moments: list[Moment]
    papers: bool
    paper_links: list[PaperLink]
    sources: list[SourceLine]
    left_behind: bool
    carries: bool
    may_hand_over: bool
    signed: str


def case_page(actor: Actor, case: Case, *, slug: str, now: datetime) -> CasePage:
    """The page of this case for this actor."""
    pack = packs.pack(case.pack)
    papers = allowed(actor, READ_PAPERS, case)
    todos = [ToDoLine(todo, due_words(todo.due_at, now)) for todo in _open_todos(case)]
    return CasePage(
        case=case,
        pupil=pupil_of(case),
        level=pack.level(case.level) if case.level else None,
        urgency=pack.level(case.urgency),
        due=due_words(case.due_at, now),
        owner_role=CASE.state(case.state).owner,
        buttons=_buttons(actor, case, slug),
        todos=[line for line in todos if line.todo.due_at <= now + SOON],
        later=[line for line in todos if line.todo.due_at > now + SOON],
        moments=_moments(case, pack, readable=_readable(actor, case, papers=papers)),
        papers=papers,
        paper_links=paper_links(actor, case, slug),
        sources=sources_of(case, slug) if papers and sees(actor, "case.source", relations_to(actor, case)) else [],
        left_behind=allowed(actor, CARRY, case) and _left_behind(actor, case, now),
        carries=allowed(actor, CARRY, case),
        may_hand_over=allowed(actor, OPEN_CASE, case) and case.owner_id is not None and case.ended_at is None,
        signed=pack.signed_by or "",
    )


def _left_behind(actor: Actor, case: Case, now: datetime) -> bool:
    return bool(gone_from(case, {key for key, _name in people.colleagues(actor, timezone.localdate(now))}))


def pupil_of(case: Case) -> Pupil | None:
    """Who it is about, for somebody who may see the case; a leader's own sight shows no pupil."""
    lent = system_actor(
        school_id=case.school_id, sight=frozenset({Sight.IDENTITY}), purpose="name the pupil of a case that was opened"
    )
    with entered(lent):
        return people.pupil(lent, case.student_id)


def _buttons(actor: Actor, case: Case, slug: str) -> list[Button]:
    found: list[Button] = []
    for step in CASE.steps_from(case.state):
        view, permission = STEP_PAGES.get(step.verb, ("", APPROVE))
        if step.verb == "ask_seal" and case.owner_id is None:
            permission = OPEN_CASE
        if not view or not allowed(actor, permission, case):
            continue
        more = {"verb": step.verb} if view == "cases:step" else {}
        url = reverse(view, kwargs={"slug": slug, "case_id": case.id, **more})
        found.append(Button(step.title, url, primary=not found))
    meeting = meeting_step(actor, case)
    if meeting is not None:
        url = reverse(meeting[1], kwargs={"slug": slug, "case_id": case.id})
        found.insert(0, Button(meeting[0], url, primary=True))
    return found


def _open_todos(case: Case) -> list[ToDo]:
    return list(
        ToDo.objects.filter(case_id=case.id, done_at__isnull=True, dropped_at__isnull=True).order_by("due_at", "id")
    )


def _readable(actor: Actor, case: Case, *, papers: bool) -> frozenset[str]:
    """The steps whose notes the actor may read: all for who carries the case, the reason for a second reader."""
    if papers and sees(actor, "case.step", relations_to(actor, case)):
        return frozenset({step.verb for step in CASE.steps} | OWN_WORDS.keys())
    second = case.state == SEAL_ASKED and allowed(actor, SECOND_READ, case)
    return frozenset({"ask_seal"}) if second else frozenset()


def _moments(case: Case, pack: CasePack, *, readable: frozenset[str]) -> list[Moment]:
    rows = CaseStep.objects.filter(case_id=case.id).select_related("by").order_by("-at", "-origin", "-id")[:STEPS_SHOWN]
    return [
        Moment(
            at=row.at,
            by=row.by.name if row.by else "",
            title=_(CASE.title_of(verb=row.verb, origin=row.origin) or OWN_WORDS[row.verb]),
            level=pack.level(row.level) if row.level else None,
            note=(row.note or "") if row.verb in readable else "",
        )
        for row in rows
    ]
