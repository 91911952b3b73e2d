"""The two boxes: which tables, which permissions and which people belong to a circle."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from qingyan.concerns.contracts import Circle
from qingyan.concerns.models import BullyingMessage, BullyingReport, Concern, ConcernMessage
from qingyan.concerns.policy import HANDLE_BULLYING, HANDLE_CONCERNS, READ_BULLYING, READ_CONCERNS
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import Permission
from qingyan.foundation.access.roles import Role, Sight
from qingyan.foundation.access.scope import entered
from qingyan.people import api as people

PURPOSE = "doors of concerns"


@dataclass(frozen=True)
class Box:
    """Everything that differs between the two circles. `route` is the view that shows one report."""

    circle: Circle
    reports: Any
    messages: Any
    read: Permission
    handle: Permission
    readers: Role
    route: str
    key: str


BOXES = {
    Circle.COUNSELLOR: Box(
        Circle.COUNSELLOR,
        Concern,
        ConcernMessage,
        READ_CONCERNS,
        HANDLE_CONCERNS,
        Role.COUNSELLOR,
        "concerns:concern",
        "concern_id",
    ),
    Circle.COMMITTEE: Box(
        Circle.COMMITTEE,
        BullyingReport,
        BullyingMessage,
        READ_BULLYING,
        HANDLE_BULLYING,
        Role.BULLYING_COMMITTEE,
        "concerns:bullying_report",
        "bullying_id",
    ),
}


@contextmanager
def at_the_doors(school_id: int) -> Iterator[Actor]:
    """A scope of the platform in which both boxes can be written and a pupil's class be found."""
    sight = frozenset({Sight.CONCERNS, Sight.BULLYING, Sight.IDENTITY})
    keeper = system_actor(school_id=school_id, sight=sight, purpose=PURPOSE)
    with entered(keeper):
        yield keeper


def readers_of(box: Box, school_id: int, *, on: date) -> list[UUID]:
    """The people who read this box. Called where accounts may be read: at the doors, or in a job."""
    return people.holders(box.readers, school_id=school_id, today=on)


def has_committee(school_id: int, *, on: date) -> bool:
    """Whether the school has named anybody to its committee."""
    return bool(people.holders(Role.BULLYING_COMMITTEE, school_id=school_id, today=on))
