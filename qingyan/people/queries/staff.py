"""Reads about staff: the posts that count today, and the actor they make."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.actor import Post as PostValue
from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.roles import Role
from qingyan.organisations import api as organisations
from qingyan.organisations.api import SchoolClass
from qingyan.people.contracts import Holder
from qingyan.people.models import Account, Post
from qingyan.people.models.account import ROLE_TITLES
from qingyan.people.policy import MANAGE_SCHOOL_STAFF, MANAGE_STAFF


def staff_actor(account: Account, today: date) -> Actor:
    """The member of staff with the posts that are valid today, standing at no school yet. Officers: two queries."""
    rows = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), account=account, starts_on__lte=today)
    posts = rows.order_by("starts_on", "id").values_list(
        "role", "city_id", "district_id", "school_id", "school_class_id"
    )
    found = tuple(
        PostValue(role=Role(role), city_id=city, district_id=district, school_id=school, class_id=school_class)
        for role, city, district, school, school_class in posts
    )
    return Actor(kind=Kind.STAFF, id=account.id, name=account.name, posts=found, overseen=overseen_by(found))


def overseen_by(posts: tuple[PostValue, ...]) -> frozenset[int]:
    """The schools below these posts: all for a city's officer, the district's for its lead. One query, or none."""
    if any(post.role is Role.CITY_OFFICER for post in posts):
        return frozenset(organisations.school_ids())
    districts = {post.district_id for post in posts if post.role is Role.DISTRICT_LEAD and post.district_id}
    return frozenset(organisations.school_ids_of(districts)) if districts else frozenset()


def staff_names(ids: set[UUID]) -> dict[UUID, str]:
    """Names of accounts by id; for "acknowledged by"."""
    return dict(Account.objects.filter(id__in=ids).values_list("id", "name"))


def role_words(codes: Collection[str]) -> str:
    """Stored codes of roles in words."""
    return "、".join(str(ROLE_TITLES[Role(code)]) for code in codes)


def mail_addresses(ids: Collection[UUID]) -> dict[UUID, str]:
    """Where active accounts get mail; those without an address are left out."""
    rows = Account.objects.filter(id__in=ids, is_active=True).exclude(email="")
    return dict(rows.values_list("id", "email"))


def holders(*roles: Role, school_id: int | None, today: date) -> list[UUID]:
    """Active accounts that hold one of these roles at the school today (None: at no school, so of district or city)."""
    valid = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), starts_on__lte=today)
    here = valid.filter(school_id=school_id, role__in=roles, account__is_active=True)
    return list(here.order_by("account_id").values_list("account_id", flat=True).distinct())


def helpers_here(actor: Actor, today: date) -> list[tuple[UUID, str]]:
    """Colleagues of the actor's school who may be asked to key in paper: counsellors and invigilators, by name.

    Who is homeroom teacher as well is left out: they know the handwriting.
    """
    valid = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), starts_on__lte=today)
    here = valid.filter(school_id=actor.school_id, account__is_active=True)
    teachers = here.filter(role=Role.HOMEROOM_TEACHER).values("account_id")
    rows = here.filter(role__in=(Role.COUNSELLOR, Role.INVIGILATOR)).exclude(account_id__in=teachers)
    found = rows.exclude(account_id=actor.id).order_by("account__name").values_list("account_id", "account__name")
    return list(dict.fromkeys(found))


def holders_here(school_id: int, roles: Collection[Role], today: date) -> list[Holder]:
    """Who holds one of these roles at the school today and can sign in; by name, a person once a role."""
    here = Q(school_id=school_id, role__in=[role.value for role in roles])
    return _holders(here, today)


def leads_over(district_id: int, today: date) -> list[Holder]:
    """Who answers above the schools of a district: its leads, then the city's officers."""
    leads = _holders(Q(district_id=district_id, role=Role.DISTRICT_LEAD.value), today)
    return leads + _holders(Q(city__isnull=False, role=Role.CITY_OFFICER.value), today)


def _holders(where: Q, today: date) -> list[Holder]:
    valid = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), where, starts_on__lte=today)
    rows = valid.filter(account__is_active=True).order_by("account__name", "account_id")
    values = rows.values_list("account_id", "account__name", "role").distinct()
    found = [Holder(account, name, Role(role)) for account, name, role in values]
    return list(dict.fromkeys(found))


def open_posts(account_id: UUID, today: date) -> list[Post]:
    """The posts that have not ended, those of the future too."""
    rows = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), account_id=account_id)
    return list(rows.order_by("starts_on", "id"))


def manages_account(actor: Actor, account: Account, today: date) -> bool:
    """Whether the actor may disable it or give it a new password; a school: if it holds only the school's."""
    if allowed(actor, MANAGE_STAFF):
        return True
    held = open_posts(account.id, today)
    return bool(held) and all(allowed(actor, MANAGE_SCHOOL_STAFF, post) for post in held)


def login_exists(login: str) -> bool:
    """Whether somebody signs in by this name, in whatever spelling."""
    return Account.objects.filter(login__iexact=login).exists()


def account_by_login(login: str) -> Account | None:
    """The account with this login, or None."""
    return Account.objects.filter(login__iexact=login).first()


def class_of_school(class_id: int, school_id: int | None) -> bool:
    """Whether the class is one of this school."""
    return SchoolClass.objects.filter(id=class_id, school_id=school_id).exists()


def class_by_code(code: str) -> SchoolClass | None:
    """The class with the code that stands on its blackboard, or None."""
    return SchoolClass.objects.filter(code__iexact=code).first()
