"""Who works at a school today, for a domain that must name somebody: an owner, a member of a meeting."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Role
from qingyan.people.models import Post


def colleagues(actor: Actor, today: date, *roles: Role) -> list[tuple[UUID, str]]:
    """People with one of these posts at the actor's school (none given: with any post), by name, each once."""
    valid = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), starts_on__lte=today)
    here = valid.filter(school_id=actor.school_id, account__is_active=True)
    if roles:
        here = here.filter(role__in=roles)
    found = here.order_by("account__name", "account_id").values_list("account_id", "account__name")
    return list(dict.fromkeys(found))


def class_teachers(actor: Actor, class_id: int | None, today: date) -> list[UUID]:
    """The homeroom teachers of a class of the actor's school today; none for no class."""
    return teachers_by_class(actor, today).get(class_id or 0, [])


def teachers_by_class(actor: Actor, today: date) -> dict[int, list[UUID]]:
    """The homeroom teachers of every class of the actor's school today. One query."""
    valid = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), starts_on__lte=today)
    here = valid.filter(school_id=actor.school_id, account__is_active=True, role=Role.HOMEROOM_TEACHER.value)
    rows = here.filter(school_class_id__isnull=False).order_by("starts_on", "account_id")
    found: dict[int, list[UUID]] = {}
    for school_class, account in rows.values_list("school_class_id", "account_id"):
        found.setdefault(school_class, []).append(account)
    return found
