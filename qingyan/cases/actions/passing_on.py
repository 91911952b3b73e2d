"""Support cards and errands follow the pupil: to the homeroom teacher of the present class, away from the former one.

The platform compares what stands with who teaches today, so it may be run again at any time; who gains and who loses is
told in neutral words. Permission: only the platform of the school, in the scope that it has entered.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from qingyan.cases.actions.running_errands import record_errand, tell_asked, unanswered
from qingyan.cases.contracts import TASK
from qingyan.cases.models import Errand, SupportCard, ToDo
from qingyan.cases.policy import PASS_ON
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.audit.api import record
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations
from qingyan.people import api as people

PASSING_SIGHT = frozenset({Sight.SUPPORT, Sight.CASES, Sight.IDENTITY})
Teachers = Mapping[int, Collection[UUID]]


def pass_on_school(*, by: Actor, now: datetime) -> int:
    """Bring every card and errand of the school to who has the pupil today; gives back how many moved."""
    require(by, PASS_ON)
    today = timezone.localdate(now)
    cards = list(SupportCard.objects.filter(school_id=by.school_id, withdrawn_at__isnull=True))
    errands = [*unanswered().filter(school_id=by.school_id), *_without_anybody(by)]
    if not cards and not errands:
        return 0
    pupils = people.pupils(by, {one.student_id for one in (*cards, *errands)})
    classes = {key: one.school_class for key, one in pupils.items()}
    teachers = people.teachers_by_class(by, today)
    moved = sum(_pass_card(one, classes.get(one.student_id), teachers, by=by, now=now) for one in cards)
    staff = {account for account, _name in people.colleagues(by, today)}
    for errand in errands:
        wanted = teachers.get(classes.get(errand.student_id) or 0, ()) if errand.as_homeroom else staff
        if errand.withdrawn_at is not None:
            moved += errand.assignee_id in wanted and _bring_back(errand, by=by, now=now)
        elif errand.assignee_id not in wanted:
            heirs = [*wanted][:1] if errand.as_homeroom else []
            moved += _pass_errand(errand, heirs, staff, by=by, now=now)
    return moved


def _pass_card(card: SupportCard, class_id: int | None, teachers: Teachers, *, by: Actor, now: datetime) -> bool:
    wanted = set(teachers.get(class_id or 0, ()))
    held = wanted if card.holders is None else set(card.holders)
    if class_id == card.school_class_id and wanted == held and card.holders is not None:
        return False
    if class_id is None:
        card.withdrawn_at = now
    else:
        card.school_class_id, card.holders = class_id, sorted(wanted, key=str)
    card.save(update_fields=["withdrawn_at", "school_class", "holders"])
    action = "support.withdraw" if class_id is None else "support.pass"
    subject = {"subject_kind": "support_card", "subject_id": card.id, "student_id": card.student_id}
    record(by=by, action=action, now=now, detail={"teachers": len(wanted)}, **subject)
    gained = set() if class_id is None else wanted - held
    _tell(gained, "attention", f"card:{card.id}:{now:%Y%m%d%H%M%S}", by=by, now=now)
    _tell(held - wanted if class_id else held, "passed_on", f"card-gone:{card.id}:{now:%Y%m%d%H%M%S}", by=by, now=now)
    return True


def _pass_errand(errand: Errand, heirs: list[UUID], staff: Collection[UUID], *, by: Actor, now: datetime) -> bool:
    """To the homeroom teacher, else to who carries the case; where neither is here, the to-do of the case is enough."""
    todo = ToDo.objects.filter(kind=TASK, key=str(errand.id)).values_list("case__owner_id", flat=True).first()
    heir = next((one for one in (*heirs, todo) if one in staff), None)
    if heir == errand.assignee_id:
        return False
    former = errand.assignee_id
    if heir is None:
        errand.withdrawn_at = now
    else:
        errand.assignee_id = heir
    errand.save(update_fields=["withdrawn_at", "assignee"])
    record_errand("errand.pass", errand, by=by, now=now, detail={"to": str(heir or "")})
    if heir is not None:
        tell_asked(errand, "task", key=f"errand:{errand.id}:{heir}", by=by, now=now)
    if former in staff:
        _tell([former], "passed_on", f"errand-gone:{errand.id}:{former}", by=by, now=now)
    return True


def _without_anybody(by: Actor) -> list[Errand]:
    """Errands that were withdrawn for want of somebody to ask; the case still waits for them."""
    waiting = ToDo.objects.filter(school_id=by.school_id, kind=TASK, done_at__isnull=True, dropped_at__isnull=True)
    keys = [UUID(key) for key in waiting.values_list("key", flat=True)]
    return list(Errand.objects.filter(id__in=keys, answered_at__isnull=True, withdrawn_at__isnull=False))


def _bring_back(errand: Errand, *, by: Actor, now: datetime) -> bool:
    """Whoever was asked has the pupil again: a merge of files was undone, a teacher is back."""
    errand.withdrawn_at = None
    errand.save(update_fields=["withdrawn_at"])
    record_errand("errand.bring_back", errand, by=by, now=now)
    tell_asked(errand, "task", key=f"errand-back:{errand.id}:{now:%Y%m%d%H%M%S}", by=by, now=now)
    return True


def _tell(accounts: Collection[UUID], kind: str, key: str, *, by: Actor, now: datetime) -> None:
    if accounts:
        (school,) = organisations.schools_by_id([by.school_id or 0])
        path = reverse("cases:support", kwargs={"slug": school.slug})
        notifications.notify(to=sorted(accounts, key=str), kind=kind, path=path, by=by, now=now, key=key)
