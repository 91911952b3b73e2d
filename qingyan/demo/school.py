"""Writes one demo school, all or nothing, by the app role in that school's scope: pupils, rounds, alerts, slips."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from qingyan.demo import campaigns, cases, consents, findings, register, reports, town
from qingyan.demo.cast import COLLEAGUES, STORY_SCHOOL
from qingyan.demo.findings import Counsellor
from qingyan.demo.places import SchoolPlan
from qingyan.demo.roll import ClassPlan, roll
from qingyan.demo.rounds import ROUNDS, RoundPlan
from qingyan.demo.sittings import SittingPlan, school_sittings
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Role, Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.crypto import keyring
from qingyan.organisations.models import School, SchoolClass
from qingyan.people.models import Post, Student
from qingyan.screening.actions.counting_past import count_school
from qingyan.screening.models import Result

SLIPS_VALID_FOR = timedelta(days=60)


Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class DemoReport:
    """What one load wrote (all zero when the city was already complete), and how long it took in seconds.

    `files` and `sheets` are what stands in the whole city afterwards; told for the size of the reference city only.
    """

    schools: int = 0
    pupils: int = 0
    staff: int = 0
    sittings: int = 0
    alerts: int = 0
    seconds: float = 0.0
    files: int = 0
    sheets: int = 0


@dataclass(frozen=True)
class Hand:
    """What makes one load differ from another. `day` is local."""

    seed: int
    day: datetime
    small: bool

    def roll(self, plan: SchoolPlan) -> tuple[ClassPlan, ...]:
        return roll(plan, year=town.year_of(self.day), seed=self.seed, small=self.small)


@dataclass(frozen=True)
class Count:
    """What stands at one school; `sheets` are the handed-in of `sittings`; `written` is False if it stood before."""

    pupils: int
    sittings: int
    alerts: int
    sheets: int = 0
    written: bool = True


def said(plan: SchoolPlan, count: Count) -> str:
    """One line about one school."""
    return f"{plan.name}：{count.pupils} 名学生，{count.sittings} 份答卷，{count.alerts} 条提示"


def platform(school: School) -> Actor:
    """The platform at this school, as the load acts."""
    return system_actor(school_id=school.id, sight=frozenset(Sight), purpose="demo load")


def fill(plan: SchoolPlan, school: School, hand: Hand) -> Count | None:
    """Pupils, sittings and alerts of one school, all or nothing; None when they are there already."""
    actor = platform(school)
    with transaction.atomic(), entered(actor):
        if Student.objects.filter(school=school).exists():
            return None
    with transaction.atomic():  # keys first and committed: until then every sealed value would ask for its key again
        keyring.sealing_key(school.id)
        keyring.blind_secret(school.id)
    with transaction.atomic(), entered(actor):
        count = _write(plan, school, hand)
        count_school(by=actor, now=hand.day)
        detail = {"pupils": count.pupils, "sittings": count.sittings, "alerts": count.alerts}
        record(by=actor, action="demo.loaded", subject_kind="school", subject_id=school.id, detail=detail, now=hand.day)
    return count


def standing(school: School) -> Count:
    """What stands at this school now."""
    with transaction.atomic(), entered(platform(school)):
        return Count(Student.objects.count(), 0, 0, Result.objects.count(), written=False)


def classes_of(school: School, year: int) -> dict[tuple[int, int], SchoolClass]:
    """The written classes of the school year that began in `year`, by grade and number."""
    found = SchoolClass.objects.filter(school=school, school_year__starts_on__year=year).select_related("school_year")
    return {(one.grade, one.number): one for one in found}


def sit(
    round_: RoundPlan, sat: Iterable[SittingPlan], classes: Mapping[tuple[int, int], SchoolClass], taker: Counsellor
) -> Count:
    """Write what the pupils of one school did in one round, and what followed. The school's scope is entered."""
    kept = campaigns.hand_in(round_, sat, classes)
    alerts = findings.raise_and_file(round_, kept, classes, taker)
    return Count(0, len(kept), alerts, sum(one.outcome is not None for one in kept))


def first_counsellor(school: School, now: datetime) -> Counsellor:
    """Who takes the alerts of this school: the one of the cast, else anybody, the same in every load."""
    posts = Post.objects.filter(school=school, role=Role.COUNSELLOR).select_related("account")
    held = {post.account_id: post.account.name for post in posts}
    chosen = next((one.id for one in COLLEAGUES if one.id in held), None) or min(held)
    return Counsellor(chosen, held[chosen], now)


def _write(plan: SchoolPlan, school: School, hand: Hand) -> Count:
    roll_of_school = hand.roll(plan)
    written = classes_of(school, town.year_of(hand.day))
    members = list(register.members(roll_of_school, written))
    register.enrol(members)
    taker = first_counsellor(school, hand.day)
    done, took_part = [], set()
    for one in ROUNDS:
        sat = list(school_sittings(plan, roll_of_school, one, seed=hand.seed, now=hand.day))
        done.append(sit(one, sat, written, taker))
        took_part |= {sitting.pupil.id for sitting in sat}
        if not one.is_closed:
            asked = [member for member in members if campaigns.asks(one, member[1].grade)]
            register.hand_out_slips(asked, issued_at=hand.day, expires_at=hand.day + SLIPS_VALID_FOR)
    consents.collect(members, took_part, recorder=taker.id, seed=hand.seed, now=hand.day)
    if plan.slug == STORY_SCHOOL:
        reports.write(school, now=hand.day)
    cases.write(school, now=hand.day)
    return Count(
        len(members),
        sum(one.sittings for one in done),
        sum(one.alerts for one in done),
        sum(one.sheets for one in done),
    )
