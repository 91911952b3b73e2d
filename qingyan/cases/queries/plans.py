"""Plans, talks with guardians, and the cards of a class, as their pages show them."""

import json
from dataclasses import dataclass

from django.db.models import QuerySet

from qingyan.cases.models import Case, ContactEntry, Errand, GuardianTalk, Plan, PlanTask, SupportCard
from qingyan.cases.policy import LOG_CONTACT, READ_SUPPORT
from qingyan.cases.queries.errands import errands_by_task
from qingyan.cases.rules.plans import PARTS
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows

CONTACTS_SHOWN = 20


@dataclass(frozen=True)
class TaskReading:
    """One task, and the errand that it became; None where the counsellor does it alone."""

    task: PlanTask
    errand: Errand | None


@dataclass(frozen=True)
class PlanReading:
    """One version of a plan: its parts by name, its tasks."""

    plan: Plan
    newest: bool
    parts: list[tuple[str, str]]
    tasks: list[TaskReading]


def plans_of(case: Case) -> list[PlanReading]:
    """Every version of both plans, the newest first."""
    rows = list(Plan.objects.filter(case_id=case.id).select_related("by").order_by("kind", "-version"))
    tasks: dict = {}
    given = PlanTask.objects.filter(plan__in=[row.id for row in rows]).select_related("assignee").order_by("due_on")
    errands = errands_by_task([one.id for one in given])
    for one in given:
        tasks.setdefault(one.plan_id, []).append(TaskReading(one, errands.get(one.id)))
    seen: set[str] = set()
    found = []
    for row in rows:
        found.append(PlanReading(row, row.kind not in seen, _parts(row), tasks.get(row.id, [])))
        seen.add(row.kind)
    return found


def newest_parts(case: Case, kind: str) -> dict[str, str]:
    """The parts of the newest version, to begin the next one with."""
    row = Plan.objects.filter(case_id=case.id, kind=kind).order_by("-version").first()
    return json.loads(row.content or "{}") if row else {}


def guardian_talks_of(case: Case) -> list[GuardianTalk]:
    """Every talk, the newest first."""
    return list(GuardianTalk.objects.filter(case_id=case.id).select_related("by", "second").order_by("-at", "-id"))


def cards_for(actor: Actor) -> "QuerySet[SupportCard]":
    """The cards in force that this actor may read: of the own classes, or of the school for a counsellor."""
    rows = SupportCard.objects.filter(permitted_rows(actor, READ_SUPPORT), withdrawn_at__isnull=True)
    return rows.select_related("student", "school_class").order_by("school_class_id", "student__name", "id")


def card_here(actor: Actor, card_id) -> SupportCard:
    """One card in force, on which this actor may log a contact. Raises NotVisible."""
    rows = cards_for(actor).filter(permitted_rows(actor, LOG_CONTACT), id=card_id)
    card = rows.first()
    if card is None:
        raise NotVisible(LOG_CONTACT.code)
    return card


def contacts_of(card: SupportCard) -> list[ContactEntry]:
    """The latest contacts with the pupil in this class."""
    rows = ContactEntry.objects.filter(student_id=card.student_id, school_class_id=card.school_class_id)
    # A teacher's role may read names of accounts and nothing else of them.
    shown = rows.select_related("by").only("school", "at", "way", "words", "by__name")
    return list(shown.order_by("-at", "-id")[:CONTACTS_SHOWN])


def _parts(row: Plan) -> list[tuple[str, str]]:
    stored = json.loads(row.content or "{}")
    return [(name, stored[name]) for name in PARTS[row.kind] if stored.get(name)]
