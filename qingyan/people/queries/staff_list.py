"""The list of staff and one person's page: accounts and posts, never a pupil. At a school: its own people only."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed, require
from qingyan.foundation.web.listing import Order
from qingyan.people.models import Account, Post
from qingyan.people.policy import MANAGE_SCHOOL_STAFF, MANAGE_STAFF

SORTS = {"name": ("name", "login"), "login": ("login",), "created": ("created_at", "login")}


@dataclass(frozen=True)
class StaffFilter:
    """Which people to keep; empty means all. `place` is part of the name of a city, district or school."""

    text: str = ""
    role: str = ""
    place: str = ""


@dataclass(frozen=True)
class StaffLine:
    """One person with the posts that have not ended."""

    account: Account
    posts: list[Post]


def staff_of(actor: Actor, wanted: StaffFilter, order: Order, today: date) -> "QuerySet[Account]":
    """Accounts as this administrator may see them: the whole city's, or those with a post at the actor's school."""
    posts = _visible_posts(actor).filter(account=OuterRef("id"))
    rows = Account.objects.all() if allowed(actor, MANAGE_STAFF) else Account.objects.filter(Exists(posts))
    if wanted.text:
        rows = rows.filter(Q(name__icontains=wanted.text) | Q(login__icontains=wanted.text))
    if wanted.role or wanted.place:
        asked = Q(role=wanted.role) if wanted.role else Q()
        rows = rows.filter(Exists(_open(posts, today).filter(asked & _at(wanted.place))))
    first, *rest = SORTS[order.key]
    return rows.order_by(order.field(first), *rest)


def lines(actor: Actor, accounts: list[Account], today: date) -> list[StaffLine]:
    """The people of one page of the list with their posts. Two queries."""
    held: dict[UUID, list[Post]] = {}
    for post in _open(_visible_posts(actor), today).filter(account__in=[account.id for account in accounts]):
        held.setdefault(post.account_id, []).append(post)
    return [StaffLine(account, held.get(account.id, [])) for account in accounts]


def person(actor: Actor, account_id: UUID) -> Account | None:
    """The account, if this administrator may see it."""
    rows = Account.objects.filter(id=account_id)
    if not allowed(actor, MANAGE_STAFF):
        rows = rows.filter(Exists(_visible_posts(actor).filter(account=OuterRef("id"))))
    return rows.first()


def posts_of(actor: Actor, account: Account) -> list[Post]:
    """All posts of the person that this administrator may see, the newest first; ended ones too."""
    return list(_visible_posts(actor).filter(account=account).order_by("-starts_on", "id"))


def post_of(actor: Actor, account_id: UUID, post_id: UUID) -> Post | None:
    """One post of the person, if this administrator may see it."""
    return _visible_posts(actor).filter(account_id=account_id, id=post_id).first()


def _visible_posts(actor: Actor) -> "QuerySet[Post]":
    rows = Post.objects.select_related("account", "city", "district", "school", "school_class").order_by("starts_on")
    if allowed(actor, MANAGE_STAFF):
        return rows
    require(actor, MANAGE_SCHOOL_STAFF)
    return rows.filter(school_id=actor.school_id)


def _open(posts: "QuerySet[Post]", today: date) -> "QuerySet[Post]":
    return posts.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))


def _at(place: str) -> Q:
    if not place:
        return Q()
    return (
        Q(school__name__icontains=place)
        | Q(school__short_name__icontains=place)
        | Q(district__name__icontains=place)
        | Q(city__name__icontains=place)
    )
