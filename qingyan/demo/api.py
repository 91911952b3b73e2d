"""The front door of the demo: load the reference city, say who may sign in. Refuses where real data may be.

A load that was broken off goes on where it stopped: places first in one transaction, then school by school.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.demo import campaigns, consents, desks, places, reviews, staff, town, whole_city
from qingyan.demo.cast import (
    COLLEAGUES,
    DEMO_PASSWORD,
    DEMO_TOTP_SECRET,
    DOCTOR,
    SHOWS_SECOND_FACTOR,
    STORY_SCHOOL,
    WITH_SLIPS,
    Colleague,
    Pupil,
)
from qingyan.demo.places import SchoolPlan
from qingyan.demo.school import DemoReport, Hand, Progress, fill, said
from qingyan.demo.teachers import staff_plan
from qingyan.demo.town import demo_city
from qingyan.foundation.access.roles import Role
from qingyan.foundation.pure.printed_codes import printed
from qingyan.insight.actions.counting import count_rounds, count_terms
from qingyan.insight.jobs import build
from qingyan.organisations.models import School, SchoolClass
from qingyan.people.models.account import ROLE_TITLES

__all__ = ["DemoReport", "NotHere", "SignIn", "demo_city", "load", "sign_ins"]

SEED = 20260901
Size = Literal["full", "small", "city"]


class NotHere(RuntimeError):
    """The demo is not loaded where real data may be: in production mode."""


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


def load(
    *, now: datetime, seed: int = SEED, progress: Progress = lambda line, share: None, size: Size = "full"
) -> DemoReport:
    """Write the reference city, or what is missing of it. Deterministic by seed; `now` sets the year and the rounds.

    `progress` gets one line of Chinese text a school and the share done, 0 to 1. An existing city keeps its size.
    Raises NotHere in production.
    """
    if settings.QINGYAN.in_production:
        raise NotHere("the demo city is never loaded in production mode")
    begun, day = monotonic(), campaigns.day_of_load() or timezone.localtime(now)
    hand = Hand(seed, day, small=size == "small")
    whole = size == "city"
    report = whole_city.load(hand, password=password(), progress=progress) if whole else _load(hand, progress)
    if city := demo_city():
        desks.decide_for_the_city(city, now=day)
        progress(str(_("统计")), 1.0)
        build(count_rounds, count_terms)  # else the boards would be empty until the next hour
    return replace(report, seconds=round(monotonic() - begun, 2))


def _load(hand: Hand, progress: Progress) -> DemoReport:
    chosen = [plan for plan in places.SCHOOLS if not hand.small or plan.slug in places.SMALL]
    hired = 0 if demo_city() else _found(chosen, hand)
    counts = []
    for number, plan in enumerate(chosen, start=1):
        school = School.objects.filter(slug=plan.slug).first()
        if school and (count := fill(plan, school, hand)):
            counts.append(count)
            progress(said(plan, count), number / len(chosen))
    return DemoReport(
        schools=len(counts),
        pupils=sum(one.pupils for one in counts),
        staff=hired,
        sittings=sum(one.sittings for one in counts),
        alerts=sum(one.alerts for one in counts),
    )


def sign_ins() -> list[SignIn]:
    """How the people of the story sign in: staff, then pupils whom the open round waits for; empty without demo."""
    if demo_city() is None:
        return []
    here = {school.slug: school for school in School.objects.filter(slug__in=places.SMALL)}
    pupils = (_pupil_sign_in(pupil, here[pupil.school]) for pupil in WITH_SLIPS)
    return [*map(_staff_sign_in, COLLEAGUES), *pupils, _receiver_sign_in(here[STORY_SCHOOL])]


def password() -> str:
    """The one password of all demo accounts."""
    given = settings.QINGYAN.demo_password
    return given.get_secret_value() if given else DEMO_PASSWORD


def _found(chosen: list[SchoolPlan], hand: Hand) -> int:
    """The part without pupils, all or nothing: places, staff, campaigns. Returns how many accounts."""
    plan = staff_plan(chosen, seed=hand.seed)
    rolls = {school.slug: hand.roll(school) for school in chosen}
    with transaction.atomic():
        built = town.build(chosen, rolls, now=hand.day)
        staff.hire(plan, built, password=password())
        consents.publish(built, now=hand.day)
        reviews.approve(built.city, now=hand.day)
        campaigns.open_rounds(built, now=hand.day)
    return len(plan.colleagues)


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
    alike = SchoolClass.objects.filter(school=school, grade=grade, number=number)  # one a year, in the large city two
    school_class = alike.latest("school_year__starts_on")
    return SignIn(
        role=str(ROLE_TITLES[Role.STUDENT]),
        name=pupil.name,
        login=school_class.code,
        password=pupil.slip_code or "",
        where=f"{school.name} {school_class}",
        url=f"{settings.QINGYAN.base_url}{reverse('people:door', args=[school.slug])}",
    )


def _receiver_sign_in(school: School) -> SignIn:
    """No account: the printed code opens the page of the referral once, the second one shows the name."""
    return SignIn(
        role=DOCTOR.name,
        name="",
        login=printed(DOCTOR.code),
        password=DOCTOR.name_code,
        where=DOCTOR.place,
        url=f"{settings.QINGYAN.base_url}{reverse('cases:receiver_door', args=[school.slug])}",
    )
