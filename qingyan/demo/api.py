"""The front door of the demo: load the reference city, say who may sign in. Refuses where real data may be.

A load that was broken off goes on where it stopped: places first in one transaction, then school by school.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from qingyan.demo import campaigns, findings, places, register, staff, town
from qingyan.demo.cast import (
    COLLEAGUES,
    DEMO_PASSWORD,
    DEMO_TOTP_SECRET,
    SHOWS_SECOND_FACTOR,
    WITH_SLIPS,
    Colleague,
    Pupil,
)
from qingyan.demo.places import SchoolPlan
from qingyan.demo.roll import ClassPlan, roll
from qingyan.demo.rounds import ROUNDS
from qingyan.demo.sittings import school_sittings
from qingyan.demo.teachers import staff_plan
from qingyan.demo.town import demo_city
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Role, Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.crypto import keyring
from qingyan.organisations.models import School, SchoolClass
from qingyan.people.models import Post, Student
from qingyan.people.models.account import ROLE_TITLES

__all__ = ["DemoReport", "NotHere", "SignIn", "demo_city", "load", "sign_ins"]

SEED = 20260901
SLIPS_VALID_FOR = timedelta(days=60)
Size = Literal["full", "small"]
Progress = Callable[[str], None]


class NotHere(RuntimeError):
    """The demo is not loaded where real data may be: in production mode."""


@dataclass(frozen=True)
class DemoReport:
    """What one load wrote (all zero when the city was already complete), and how long it took in seconds."""

    schools: int = 0
    pupils: int = 0
    staff: int = 0
    sittings: int = 0
    alerts: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class SignIn:
    """How one person of the story signs in. A pupil's `login` is the class code, the `password` the slip's code."""

    role: str
    name: str
    login: str
    password: str
    where: str
    url: str
    second_factor: str = ""


def load(*, now: datetime, seed: int = SEED, progress: Progress = lambda line: None, size: Size = "full") -> DemoReport:
    """Write the reference city, or what is missing of it. Deterministic by seed; `now` sets the year and the rounds.

    `progress` gets one line of Chinese text a school. An existing city keeps its size. Raises NotHere in production.
    """
    if settings.QINGYAN.in_production:
        raise NotHere("the demo city is never loaded in production mode")
    begun, day = monotonic(), campaigns.day_of_load() or timezone.localtime(now)
    chosen = [plan for plan in places.SCHOOLS if size == "full" or plan.slug in places.SMALL]
    rolls = {plan.slug: roll(plan, year=town.year_of(day), seed=seed, small=size == "small") for plan in chosen}
    hired = 0 if demo_city() else _found(chosen, rolls, seed=seed, day=day)
    counts = []
    for plan in chosen:
        school = School.objects.filter(slug=plan.slug).first()
        if school and (count := _fill(plan, rolls[plan.slug], school, seed=seed, day=day)):
            counts.append(count)
            progress(f"{plan.name}：{count[0]} 名学生，{count[1]} 份答卷，{count[2]} 条提示")
    pupils, sittings, alerts = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    return DemoReport(len(counts), pupils, hired, sittings, alerts, monotonic() - begun)


def sign_ins() -> list[SignIn]:
    """How the people of the story sign in, staff first, then three pupils whom the open round waits for."""
    here = {school.slug: school for school in School.objects.filter(slug__in=places.SMALL)}
    return [*map(_staff_sign_in, COLLEAGUES), *(_pupil_sign_in(pupil, here[pupil.school]) for pupil in WITH_SLIPS)]


def password() -> str:
    """The one password of all demo accounts."""
    given = settings.QINGYAN.demo_password
    return given.get_secret_value() if given else DEMO_PASSWORD


def _found(chosen: list[SchoolPlan], rolls: Mapping[str, tuple[ClassPlan, ...]], *, seed: int, day: datetime) -> int:
    """The part without pupils, all or nothing: places, staff, campaigns. Returns how many accounts."""
    plan = staff_plan(chosen, seed=seed)
    with transaction.atomic():
        built = town.build(chosen, rolls, now=day)
        staff.hire(plan, built, password=password())
        campaigns.open_rounds(built, now=day)
    return len(plan.colleagues)


def _fill(
    plan: SchoolPlan, classes: tuple[ClassPlan, ...], school: School, *, seed: int, day: datetime
) -> tuple[int, int, int] | None:
    """Pupils, sittings and alerts of one school, all or nothing; None when they are there already."""
    with transaction.atomic():  # keys first and committed: until then every sealed value would ask for its key again
        keyring.sealing_key(school.id)
        keyring.blind_secret(school.id)
    actor = system_actor(school_id=school.id, sight=frozenset(Sight), purpose="demo load")
    with transaction.atomic(), entered(actor):
        if Student.objects.filter(school=school).exists():
            return None
        count = _write(plan, classes, school, seed=seed, day=day)
        _record(actor, school, count, day)
    return count


def _write(
    plan: SchoolPlan, classes: tuple[ClassPlan, ...], school: School, *, seed: int, day: datetime
) -> tuple[int, int, int]:
    written = {(one.grade, one.number): one for one in _classes_of(school)}
    members = list(register.members(classes, written))
    register.enrol(members)
    counsellor = _first_counsellor(school)
    sittings = alerts = 0
    for one in ROUNDS:
        sat = list(school_sittings(plan, classes, one, seed=seed, now=day))
        scored = campaigns.hand_in(one, sat, written)
        alerts += findings.raise_and_file(one, scored, written, counsellor)
        sittings += len(sat)
        if not one.is_closed:
            asked = [member for member in members if campaigns.asks(one, member[1].grade)]
            register.hand_out_slips(asked, issued_at=day, expires_at=day + SLIPS_VALID_FOR)
    return len(members), sittings, alerts


def _first_counsellor(school: School) -> UUID:
    """Who takes the alerts of this school: the one of the cast, else anybody, the same in every load."""
    held = set(Post.objects.filter(school=school, role=Role.COUNSELLOR).values_list("account_id", flat=True))
    return next((one.id for one in COLLEAGUES if one.id in held), None) or min(held)


def _classes_of(school: School) -> list[SchoolClass]:
    return list(SchoolClass.objects.filter(school=school).select_related("school_year"))


def _record(actor: Actor, school: School, count: tuple[int, int, int], now: datetime) -> None:
    pupils, sittings, alerts = count
    detail = {"pupils": pupils, "sittings": sittings, "alerts": alerts}
    record(by=actor, action="demo.loaded", subject_kind="school", subject_id=school.id, detail=detail, now=now)


def _staff_sign_in(colleague: Colleague) -> SignIn:
    school = School.objects.filter(slug__in=[post.place for post in colleague.posts]).first()
    return SignIn(
        role=str(ROLE_TITLES[colleague.posts[0].role]),
        name=colleague.name,
        login=colleague.login,
        password=password(),
        where=school.name if school else places.CITY_NAME,
        url=f"{settings.QINGYAN.base_url}{reverse('account_login')}",
        second_factor=DEMO_TOTP_SECRET if colleague is SHOWS_SECOND_FACTOR else "",
    )


def _pupil_sign_in(pupil: Pupil, school: School) -> SignIn:
    grade, number = pupil.class_
    school_class = SchoolClass.objects.get(school=school, grade=grade, number=number)
    return SignIn(
        role=str(ROLE_TITLES[Role.STUDENT]),
        name=pupil.name,
        login=school_class.code,
        password=pupil.slip_code or "",
        where=f"{school.name} {school_class}",
        url=f"{settings.QINGYAN.base_url}/s/{school.slug}/",
    )
