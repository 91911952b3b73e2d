"""Group robots of a school or of the city: set one up, take one away, send a test message. Addresses are sealed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.roles import Role
from qingyan.foundation.audit.api import record
from qingyan.foundation.jobs.api import enqueue
from qingyan.notifications.actions.egress import egress
from qingyan.notifications.actions.notifying import DELIVER
from qingyan.notifications.contracts import Provider
from qingyan.notifications.models import Delivery, Robot
from qingyan.notifications.queries.robots import permission_here, robots
from qingyan.notifications.queries.robots import robot as robot_of
from qingyan.notifications.rules.robots import target

MOST_ROBOTS = 6


class TooMany(Exception):
    """This place has as many robots as it may have."""


@dataclass(frozen=True)
class NewRobot:
    """What somebody types to set one up."""

    provider: Provider
    title: str
    url: str
    secret: str = ""


def set_up(*, new: NewRobot, by: Actor, now: datetime) -> Robot:
    """Keep a robot of the actor's school, or of the officer's city. Raises UnfitAddress, TooMany, NotVisible."""
    require(by, permission_here(by))
    target(new.provider, new.url, egress())
    if robots(by).count() >= MOST_ROBOTS:
        raise TooMany
    made = Robot.objects.create(
        school_id=by.school_id,
        city_id=None if by.school_id else _city_of(by),
        provider=new.provider.value,
        title=new.title,
        url=new.url,
        secret=new.secret or None,
        set_by_id=by.id,
        set_at=now,
    )
    _record("robot.set_up", made, by=by, now=now)
    return made


def take_away(*, robot_id: UUID, by: Actor, now: datetime) -> None:
    """The robot is told nothing any more; its log goes with it. Raises NotVisible."""
    require(by, permission_here(by))
    gone = robot_of(by, robot_id)
    _record("robot.taken_away", gone, by=by, now=now)
    gone.delete()


def send_trial(*, robot_id: UUID, by: Actor, now: datetime) -> None:
    """Queue a test message; the log says what came of it. Raises NotVisible."""
    require(by, permission_here(by))
    asked = robot_of(by, robot_id)
    Delivery.objects.create(robot=asked, occasion=uuid4(), channel=asked.provider, kind="trial", due_at=now)
    enqueue(DELIVER, by=by)
    _record("robot.tried", asked, by=by, now=now)


def _city_of(by: Actor) -> int | None:
    return next((post.city_id for post in by.posts if post.role is Role.CITY_OFFICER), None)


def _record(action: str, robot: Robot, *, by: Actor, now: datetime) -> None:
    detail = {"provider": robot.provider}
    record(by=by, action=action, subject_kind="robot", subject_id=robot.id, now=now, detail=detail)
