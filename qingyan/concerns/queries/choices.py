"""The pupils from whom a member of staff may choose: those whom the own scope shows, by class."""

from datetime import datetime

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Role, Sight
from qingyan.organisations import api as organisations
from qingyan.people import api as people

Choice = tuple[str, str]


def pupils_to_choose(actor: Actor, *, now: datetime) -> list[tuple[str, list[Choice]]]:
    """Homeroom teachers: their own classes. Everybody else writes who is meant."""
    if Role.HOMEROOM_TEACHER not in actor.roles_here or Sight.IDENTITY not in actor.sight or actor.school_id is None:
        return []
    own = {post.class_id for post in actor.posts_here if post.role is Role.HOMEROOM_TEACHER}
    classes = {one.id: str(one) for one in organisations.classes_of(actor.school_id, now=now) if one.id in own}
    groups: dict[str, list[Choice]] = {}
    for pupil in people.pupils_of_classes(actor, list(classes)):
        groups.setdefault(classes[pupil.school_class], []).append((str(pupil.id), pupil.name))
    return list(groups.items())
