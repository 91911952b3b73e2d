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
