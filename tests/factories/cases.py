"""A case of the pupil of the story in care at the gravest level, with its history and a todo; texts carry a canary."""

import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from qingyan.cases.models import (
    Case,
    CaseSource,
    CaseStep,
    Errand,
    FollowUp,
    GuardianTalk,
    Handover,
    Interview,
    Leave,
    LeaveStep,
    Panel,
    Plan,
    Referral,
    SupportCard,
    ToDo,
)
from qingyan.cases.queries import packs
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.scope import entered
from qingyan.people.models import Account
from tests.factories.city import EVERYTHING, Place


def make_case(place: Place, *, now: datetime) -> tuple[UUID, UUID, UUID]:
    """Made in the school's own scope; gives back the keys of the case and of its open todo."""
    owned = {"school": place.school, "student": place.pupil}
    words = f"canary-{place.school.slug}-case"
    due = now + timedelta(days=14)
    with transaction.atomic(), entered(system_actor(school_id=place.school.id, sight=EVERYTHING, purpose="test")):
        case = Case.objects.create(
            code=f"{place.school.slug[:4].upper()}2345",
            pack=packs.CURRENT,
            urgency="red",
            level="red",
            crisis=True,
            state="care",
            owner=place.counsellor,
            opened_at=now,
            opened_by=place.counsellor,
            since=now,
            due_at=due,
            next_due_at=now + timedelta(days=1),
            **owned,
        )
        source = CaseSource(case=case, kind="hand", at=now, by=place.counsellor, note=f"{words}-source", **owned)
        source.save(force_insert=True)
        begun = {"by": place.counsellor, "verb": "open", "target": "candidate", "note": f"{words}-step"}
        step = CaseStep(case=case, at=now, **begun, **owned)
        step.save(force_insert=True)
        make_interview(case, owned, words, now)
        make_panel(case, owned, words, now)
        make_plan(case, owned, words, place.homeroom_teacher, now)
        look = FollowUp(
            case=case,
            at=now,
            by=place.counsellor,
            recorded_at=now,
            level="red",
            proposed_level="red",
            words=f"{words}-followup",
            **owned,
        )
        look.save(force_insert=True)
        card = SupportCard(
            school=place.school,
            school_class=place.class_a,
            student=place.pupil,
            released_at=now,
            released_by=place.counsellor,
            holders=[place.homeroom_teacher.id],
            words=f"{words}-card",
        )
        card.save(force_insert=True)
        todo = ToDo.objects.create(
            case=case, kind="contact", key="1", due_at=now + timedelta(days=1), made_at=now, **owned
        )
    return case.id, todo.id, card.id


def make_interview(case: Case, owned: dict, words: str, now: datetime) -> None:
    """One talk that proposes the gravest level."""
    content = {"answers": {"own_words": f"{words}-interview"}, "situations": {}, "why": f"{words}-interview"}
    row = Interview(
        case=case,
        number=1,
        version=1,
        at=now,
        by=case.owner,
        recorded_at=now,
        guide=packs.GUIDE,
        law=packs.LAW,
        proposed_level="red",
        must_report=False,
        guardian_suspected=False,
        content=json.dumps(content),
        **owned,
    )
    row.save(force_insert=True)


def make_plan(case: Case, owned: dict, words: str, second: Account, now: datetime) -> None:
    """A safety plan, and a talk of two members of staff with a guardian."""
    said = {"case": case, "by": case.owner, **owned}
    plan = Plan(kind="safety", version=1, made_at=now, review_on=now.date() + timedelta(days=30), **said)
    plan.content = json.dumps({"signs": f"{words}-plan"})
    plan.save(force_insert=True)
    talk = GuardianTalk(at=now, recorded_at=now, relation="mother", outcome="received", **said)
    talk.second, talk.words = second, f"{words}-talk"
    talk.save(force_insert=True)


def make_panel(case: Case, owned: dict, words: str, now: datetime) -> None:
    """The meeting that set the level."""
    row = Panel(
        case=case,
        state="approved",
        convened_at=now,
        convened_by=case.owner,
        meets_at=now,
        brief=f"{words}-panel",
        held_at=now,
        decision="red",
        level="red",
        minutes=f"{words}-panel",
        answered_at=now,
        answered_by=case.owner,
        **owned,
    )
    row.save(force_insert=True)


def make_referral(place: Place, case_id: UUID, now: datetime) -> UUID:
    """A referral on its way to a hospital whose name is a canary."""
    content = {"recipient": f"canary-{place.school.slug}-case-referral", "reasons": ["mood"], "risks": ["thoughts"]}
    row = Referral(
        case_id=case_id,
        school=place.school,
        student=place.pupil,
        kind="hospital",
        guide="referral/1.0",
        state="sent",
        basis="danger",
        opened_at=now,
        since=now,
        sent_at=now,
        due_at=now + timedelta(days=3),
        content=json.dumps(content),
    )
    with transaction.atomic(), entered(system_actor(school_id=place.school.id, sight=EVERYTHING, purpose="test")):
        row.save(force_insert=True)
    return row.id


def make_leave(place: Place, case_id: UUID, now: datetime) -> UUID:
    """A leave that waits for the leader's word."""
    owned = {"school": place.school, "student": place.pupil}
    row = Leave(
        case_id=case_id,
        guide="leave/1.0",
        state="applied",
        opened_at=now,
        since=now,
        due_at=now + timedelta(days=7),
        **owned,
    )
    step = LeaveStep(leave=row, at=now, by=place.counsellor, verb="apply", target="applied", **owned)
    step.note = f"canary-{place.school.slug}-case-leave"
    with transaction.atomic(), entered(system_actor(school_id=place.school.id, sight=EVERYTHING, purpose="test")):
        row.save(force_insert=True)
        step.save(force_insert=True)
    return row.id


def make_errand(place: Place, case_id: UUID, now: datetime) -> UUID:
    """Something that the homeroom teacher is asked to do for the pupil, with its to-do of the case."""
    row = Errand(
        id=uuid4(),
        school=place.school,
        student=place.pupil,
        assignee=place.homeroom_teacher,
        as_homeroom=True,
        given_at=now,
        given_by=place.counsellor,
        due_at=now + timedelta(days=3),
        words=f"canary-{place.school.slug}-case-errand",
    )
    with transaction.atomic(), entered(system_actor(school_id=place.school.id, sight=EVERYTHING, purpose="test")):
        row.save(force_insert=True)
        owned = {"case_id": case_id, "school": place.school, "student": place.pupil}
        ToDo.objects.create(kind="task", key=str(row.id), due_at=row.due_at, made_at=now, **owned)
    return row.id


def make_handover(place: Place, case_id: UUID, now: datetime) -> UUID:
    """The case on offer: the counsellor of the school offers it to the leader, who is none and never accepts."""
    row = Handover(
        case_id=case_id,
        school=place.school,
        student=place.pupil,
        origin=place.counsellor,
        receiver=place.principal,
        by=place.counsellor,
        at=now,
        reason=f"canary-{place.school.slug}-case-handover",
    )
    with transaction.atomic(), entered(system_actor(school_id=place.school.id, sight=EVERYTHING, purpose="test")):
        row.save(force_insert=True)
    return row.id
