"""Group robots: those that a school or the city keeps, and those that tell about a notice."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, Permission, allowed, permitted_rows
from qingyan.notifications.models import Delivery, Robot
from qingyan.notifications.policy import KEEP_CITY_ROBOTS, KEEP_SCHOOL_ROBOTS


def permission_here(actor: Actor) -> Permission:
    """At a school its leader keeps robots, outside the city's officer."""
    return KEEP_SCHOOL_ROBOTS if actor.school_id else KEEP_CITY_ROBOTS


def robots(actor: Actor) -> "QuerySet[Robot]":
    """The robots that this actor keeps here."""
    return Robot.objects.filter(permitted_rows(actor, permission_here(actor)))


def robot(actor: Actor, robot_id: UUID) -> Robot:
    """One of them. Raises NotVisible."""
    needed = permission_here(actor)
    found = robots(actor).filter(id=robot_id).first()
    if found is None or not allowed(actor, needed, found):
        raise NotVisible(needed.code)
    return found


def robots_of_schools(schools: Collection[int | None]) -> dict[int | None, list[Robot]]:
    """The robots of each school; under None those of the city."""
    found: dict[int | None, list[Robot]] = {}
    for one in Robot.objects.filter(Q(school_id__in=[school for school in schools if school]) | Q(city__isnull=False)):
        found.setdefault(one.school_id, []).append(one)
    return found


def deliveries(actor: Actor) -> "QuerySet[Delivery]":
    """What the robots of this actor sent or could not send, the newest first."""
    return Delivery.objects.filter(robot__in=robots(actor)).select_related("robot").order_by("-due_at", "id")


def own_deliveries(actor: Actor) -> "QuerySet[Delivery]":
    """What went to this person by mail, the newest first."""
    return Delivery.objects.filter(account_id=actor.id).order_by("-due_at", "id")
