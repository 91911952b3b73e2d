"""The care after an incident, as its page shows it; and who and which classes may be named in it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.cases.models import CareCheck, CareDuty, ClassTalk, Postvention, Ring
from qingyan.cases.policy import RUN_POSTVENTION
from qingyan.cases.queries.packs import content
from qingyan.cases.queries.words import span_words
from qingyan.cases.rules.postvention import Item, PostventionPack, late
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows
from qingyan.organisations import api as organisations
from qingyan.people import api as people

POSTVENTION = "postvention/1.0"
SHOWN = 100


@dataclass(frozen=True)
class CareLine:
    """One item of the list."""

    item: Item
    done: CareCheck | None
    late: bool
    within: str


@dataclass(frozen=True)
class CarePage:
    """One incident's care, ready to show."""

    care: Postvention
    kind: str
    rings: list[tuple[str, str, list[Ring]]]
    talks: list[ClassTalk]
    duty: list[CareDuty]
    lines: list[CareLine]


@cache
def postvention_pack() -> PostventionPack:
    """The list. Raises as packs.pack does."""
    return PostventionPack.model_validate_json(content(POSTVENTION))


def cares_for(actor: Actor) -> "QuerySet[Postvention]":
    """The school's incidents, the newest first."""
    return Postvention.objects.filter(permitted_rows(actor, RUN_POSTVENTION)).order_by("-happened_at")


def kinds() -> dict[str, str]:
    """What may have happened, in words."""
    return {one.code: _(one.text) for one in postvention_pack().kinds}


def staff_ids(actor: Actor, now: datetime) -> dict[UUID, str]:
    """Who works at the school today."""
    return dict(people.colleagues(actor, timezone.localdate(now)))


def class_ids(actor: Actor, now: datetime) -> dict[int, str]:
    """The classes of the school."""
    return {one.id: str(one) for one in organisations.classes_of(actor.school_id or 0, now=now)}


def care_page(care: Postvention, now: datetime) -> CarePage:
    """Everything of one incident; opening it has been recorded."""
    pack = postvention_pack()
    groups = list(Ring.objects.filter(postvention_id=care.id).select_related("carer").order_by("at")[:SHOWN])
    talks = ClassTalk.objects.filter(postvention_id=care.id).select_related("leader", "school_class")
    duty = CareDuty.objects.filter(postvention_id=care.id).select_related("account")
    done = {one.item: one for one in CareCheck.objects.filter(postvention_id=care.id).select_related("by")}
    overdue = late(pack, begun=care.happened_at, done=done, now=now)
    return CarePage(
        care=care,
        kind=kinds()[care.kind],
        rings=[(_(one.text), _(one.help), [row for row in groups if row.ring == one.code]) for one in pack.rings],
        talks=list(talks.order_by("planned_at")[:SHOWN]),
        duty=list(duty.order_by("starts_at")[:SHOWN]),
        lines=[
            CareLine(one, done.get(one.code), one.code in overdue, span_words(one.hours * 60)) for one in pack.checklist
        ],
    )
