"""Reads about staff: the posts that count today, and the actor they make."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.actor import Post as PostValue
from qingyan.foundation.access.roles import Role
from qingyan.people.models import Account, Post


def staff_actor(account: Account, today: date) -> Actor:
    """The member of staff with the posts that are valid today, standing at no school yet. One query."""
    rows = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), account=account, starts_on__lte=today)
    posts = rows.order_by("starts_on", "id").values_list(
        "role", "city_id", "district_id", "school_id", "school_class_id"
    )
    return Actor(
        kind=Kind.STAFF,
        id=account.id,
        name=account.name,
        posts=tuple(
            PostValue(role=Role(role), city_id=city, district_id=district, school_id=school, class_id=school_class)
            for role, city, district, school, school_class in posts
        ),
    )


def staff_names(ids: set[UUID]) -> dict[UUID, str]:
    """Names of accounts by id; for "acknowledged by"."""
    return dict(Account.objects.filter(id__in=ids).values_list("id", "name"))
