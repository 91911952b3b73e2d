"""Accounts and posts from the command line, by the platform itself."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.organisations import api as organisations
from qingyan.people import api as people
from qingyan.people.api import Appointment, Refused

__all__ = ["Place", "Refused", "Unknown", "add", "lines"]


class Unknown(LookupError):
    """No such role, school, district, class, or no city yet."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the post is: a school's slug, a district's slug, or neither for the city; a class by its code."""

    school: str | None = None
    district: str | None = None
    class_code: str | None = None


def add(login: str, name: str, role: str, place: Place) -> dict[str, Any]:
    """The post, and a one-time password when the account was made now (else None). Raises Unknown, Refused."""
    now = timezone.now()
    by = system_actor(school_id=None, sight=frozenset(), purpose="first officers")
    with transaction.atomic(), entered(by):
        wanted = _appointment(role, place)
        account = people.account_by_login(login.strip())
        if account is None:
            made = people.hire(login=login, name=name, appointment=wanted, by=by, now=now)
            return {"login": made.login, "role": role, "created": True, "password": made.password}
        people.appoint(account=account, appointment=wanted, by=by, now=now)
        return {"login": account.login, "role": role, "created": False, "password": None}


def lines(done: dict[str, Any]) -> list[str]:
    """For a person to read."""
    if not done["created"]:
        return [f"{done['login']} has the post {done['role']}"]
    return [
        f"{done['login']} made, with the post {done['role']}",
        f"one-time password: {done['password']}",
        "It is not shown again, and has to be replaced at the first sign-in.",
    ]


def _appointment(role: str, place: Place) -> Appointment:
    if role not in set(Role):
        raise Unknown(f"no role {role!r}; there are: {', '.join(Role)}")
    today = timezone.localdate()
    if place.school is not None:
        return Appointment(Role(role), today, school_id=_school(place.school), school_class_id=_class(place.class_code))
    if place.class_code is not None:
        raise Unknown("a class belongs to a school: add --school")
    if place.district is not None:
        return Appointment(Role(role), today, district_id=_district(place.district))
    city = organisations.the_city()
    if city is None:
        raise Unknown("there is no city yet: qingyan city init --name …")
    return Appointment(Role(role), today, city_id=city.id)


def _school(slug: str) -> int:
    school = organisations.school_by_slug(slug)
    if school is None:
        raise Unknown(f"no school has the slug {slug!r}")
    return int(school.id)


def _district(slug: str) -> int:
    found = next((one for one in organisations.districts() if one.slug == slug), None)
    if found is None:
        raise Unknown(f"no district has the slug {slug!r}")
    return int(found.id)


def _class(code: str | None) -> int | None:
    if code is None:
        return None
    found = people.class_by_code(code)
    if found is None:
        raise Unknown(f"no class has the code {code!r}")
    return int(found.id)
