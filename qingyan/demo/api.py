"""The front door of the demo: load the reference city, say who may sign in. Refuses where real data may be.

A load that was broken off goes on where it stopped: places first in one transaction, then school by school.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from qingyan.demo import campaigns, consents, findings, places, register, staff, town
from qingyan.demo.cast import (
    COLLEAGUES,
    DEMO_PASSWORD,
    DEMO_TOTP_SECRET,
    SHOWS_SECOND_FACTOR,
    WITH_SLIPS,
    Colleague,
    Pupil,
)
from qingyan.demo.findings import Counsellor
from qingyan.demo.places import SchoolPlan
from qingyan.demo.roll import ClassPlan, roll
from qingyan.demo.rounds import ROUNDS
from qingyan.demo.sittings import school_sittings
from qingyan.demo.teachers import staff_plan
from qingyan.demo.town import demo_city
from qingyan.foundation.access.actor import system_actor
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


@dataclass(frozen=True)
class _Count:
    """What was written at one school."""

    pupils: int
    sittings: int
    alerts: int


@dataclass(frozen=True)
class _Hand:
    """What makes one load differ from another. `day` is local."""

    seed: int
    day: datetime
    small: bool

    def roll(self, plan: SchoolPlan) -> tuple[ClassPlan, ...]:
        return roll(plan, year=town.year_of(self.day), seed=self.seed, small=self.small)


def load(*, now: datetime, seed: int = SEED, progress: Progress = lambda line: None, size: Size = "full") -> DemoReport:
    """Write the reference city, or what is missing of it. Deterministic by seed; `now` sets the year and the rounds.

    `progress` gets one line of Chinese text a school. An existing city keeps its size. Raises NotHere in production.
    """
    if settings.QINGYAN.in_production:
        raise NotHere("the demo city is never loaded in production mode")
    begun, day = monotonic(), campaigns.day_of_load() or timezone.localtime(now)
    chosen = [plan for plan in places.SCHOOLS if size == "full" or plan.slug in places.SMALL]
    hand = _Hand(seed, day, small=size == "small")
    hired = 0 if demo_city() else _found(chosen, hand)
    counts = []
    for plan in chosen:
        school = School.objects.filter(slug=plan.slug).first()
        if school and (count := _fill(plan, school, hand)):
            counts.append(count)
            progress(f"{plan.name}：{count.pupils} 名学生，{count.sittings} 份答卷，{count.alerts} 条提示")
    return DemoReport(
        schools=len(counts),
        pupils=sum(one.pupils for one in counts),
        staff=hired,
        sittings=sum(one.sittings for one in counts),
        alerts=sum(one.alerts for one in counts),
        seconds=round(monotonic() - begun, 2),
    )


def sign_ins() -> list[SignIn]:
    """How the people of the story sign in: staff, then pupils whom the open round waits for; empty without demo."""
    if demo_city() is None:
        return []
    here = {school.slug: school for school in School.objects.filter(slug__in=places.SMALL)}
    return [*map(_staff_sign_in, COLLEAGUES), *(_pupil_sign_in(pupil, here[pupil.school]) for pupil in WITH_SLIPS)]


def password() -> str:
    """The one password of all demo accounts."""
    given = settings.QINGYAN.demo_password
    return given.get_secret_value() if given else DEMO_PASSWORD


def _found(chosen: list[SchoolPlan], hand: _Hand) -> int:
    """The part without pupils, all or nothing: places, staff, campaigns. Returns how many accounts."""
    plan = staff_plan(chosen, seed=hand.seed)
    rolls = {school.slug: hand.roll(school) for school in chosen}
    with transaction.atomic():
        built = town.build(chosen, rolls, now=hand.day)
        staff.hire(plan, built, password=password())
        consents.publish(built, now=hand.day)
        campaigns.open_rounds(built, now=hand.day)
    return len(plan.colleagues)


def _fill(plan: SchoolPlan, school: School, hand: _Hand) -> _Count | None:
    """Pupils, sittings and alerts of one school, all or nothing; None when they are there already."""
    actor = system_actor(school_id=school.id, sight=frozenset(Sight), purpose="demo load")
    with transaction.atomic(), entered(actor):
        if Student.objects.filter(school=school).exists():
            return None
    with transaction.atomic():  # keys first and committed: until then every sealed value would ask for its key again
        keyring.sealing_key(school.id)
        keyring.blind_secret(school.id)
    with transaction.atomic(), entered(actor):
        count = _write(plan, school, hand)
        detail = {"pupils": count.pupils, "sittings": count.sittings, "alerts": count.alerts}
        record(by=actor, action="demo.loaded", subject_kind="school", subject_id=school.id, detail=detail, now=hand.day)
    return count


def _write(plan: SchoolPlan, school: School, hand: _Hand) -> _Count:
    roll_of_school = hand.roll(plan)
    classes = SchoolClass.objects.filter(school=school).select_related("school_year")
    written = {(one.grade, one.number): one for one in classes}
    members = list(register.members(roll_of_school, written))
    register.enrol(members)
    counsellor = _first_counsellor(school, hand.day)
    sittings = alerts = 0
    took_part = set()
    for one in ROUNDS:
        sat = list(school_sittings(plan, roll_of_school, one, seed=hand.seed, now=hand.day))
        kept = campaigns.hand_in(one, sat, written)
        alerts += findings.raise_and_file(one, kept, written, counsellor)
        sittings += len(sat)
        took_part |= {sitting.pupil.id for sitting in sat}
        if not one.is_closed:
            asked = [member for member in members if campaigns.asks(one, member[1].grade)]
            register.hand_out_slips(asked, issued_at=hand.day, expires_at=hand.day + SLIPS_VALID_FOR)
    consents.collect(members, took_part, recorder=counsellor.id, seed=hand.seed, now=hand.day)
    return _Count(len(members), sittings, alerts)


def _first_counsellor(school: School, now: datetime) -> Counsellor:
    """Who takes the alerts of this school: the one of the cast, else anybody, the same in every load."""
    posts = Post.objects.filter(school=school, role=Role.COUNSELLOR).select_related("account")
    held = {post.account_id: post.account.name for post in posts}
    chosen = next((one.id for one in COLLEAGUES if one.id in held), None) or min(held)
    return Counsellor(chosen, held[chosen], now)


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
        url=f"{settings.QINGYAN.base_url}{reverse('people:door', args=[school.slug])}",
    )
