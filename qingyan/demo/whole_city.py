"""The city at the size of the reference city: exactly 93,204 files and 220,099 handed-in sheets, two schools at a time.

First each school's present pupils with the two rounds of this year; then, since only now the sums are known, former
pupils and the rounds of last school year, as many as are missing. A load that was broken off goes on where it stopped.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

import django
from django.db import connections, transaction

from qingyan.demo import campaigns, consents, places, register, reviews, staff, town
from qingyan.demo.places import SchoolPlan
from qingyan.demo.roll import ClassPlan, PupilPlan, former, outline
from qingyan.demo.rounds import ROUNDS, of_last_year
from qingyan.demo.school import (
    Count,
    DemoReport,
    Hand,
    Progress,
    classes_of,
    fill,
    first_counsellor,
    platform,
    said,
    sit,
    standing,
)
from qingyan.demo.sittings import SittingPlan, distress_of, school_sittings
from qingyan.demo.teachers import staff_plan
from qingyan.foundation.access.scope import entered
from qingyan.organisations.models import School
from qingyan.people.models.student import StudentState
from qingyan.screening.actions.counting_past import count_school
from qingyan.screening.models import Sitting

FILES, SHEETS = 93_204, 220_099
AT_ONCE = 2
LEFT_EVERY = 12  # of the former pupils without a class, one in so many moved away; the others graduated
SCHOOLS = tuple(replace(plan, whole=True) for plan in places.SCHOOLS)


@dataclass(frozen=True)
class Quota:
    """What the second visit to a school has to add."""

    former: int
    sheets: int


def load(hand: Hand, *, password: str, progress: Progress) -> DemoReport:
    """Write the city, or what is missing of it. Raises RuntimeError when the sums cannot be reached."""
    hired = 0 if town.demo_city() else _found(hand, password)
    first = _everywhere(first_visit, [(plan, hand) for plan in SCHOOLS], progress, shares=(0.0, 0.6))
    quotas = quotas_of({plan.slug: first[plan.slug] for plan in SCHOOLS})
    second = _everywhere(
        second_visit, [(plan, hand, quotas[plan.slug]) for plan in SCHOOLS], progress, shares=(0.6, 1.0)
    )
    files, sheets = (sum(getattr(one, name) for one in second.values()) for name in ("files", "sheets"))
    if (files, sheets) != (FILES, SHEETS):
        raise RuntimeError(f"the city holds {files} files and {sheets} sheets instead of {FILES} and {SHEETS}")
    written = [one for visit in (first, second) for one in visit.values() if one.count.written]
    return DemoReport(
        schools=sum(one.count.written for one in first.values()),
        pupils=sum(one.count.pupils for one in written),
        staff=hired,
        sittings=sum(one.count.sittings for one in written),
        alerts=sum(one.count.alerts for one in written),
        files=files,
        sheets=sheets,
    )


@dataclass(frozen=True)
class Visit:
    """What a visit wrote, and what stands at the school afterwards."""

    count: Count
    files: int
    sheets: int


def first_visit(plan: SchoolPlan, hand: Hand) -> Visit:
    """Present pupils and the rounds of this year."""
    school = School.objects.get(slug=plan.slug)
    count = fill(plan, school, hand)
    there = standing(school)
    return Visit(count or there, there.pupils, there.sheets)


def second_visit(plan: SchoolPlan, hand: Hand, quota: Quota) -> Visit:
    """Former pupils and the rounds of last year, all or nothing."""
    school = School.objects.get(slug=plan.slug)
    count = Count(0, 0, 0, written=False)
    with transaction.atomic(), entered(platform(school)):
        if not Sitting.objects.filter(campaign__in=[campaigns.campaign_id(one) for one in _earlier(hand)]).exists():
            count = _last_year(plan, school, hand, quota)
            count_school(by=platform(school), now=hand.day)
    there = standing(school)
    return Visit(count, there.pupils, there.sheets)


def quotas_of(found: dict[str, Visit]) -> dict[str, Quota]:
    """What is missing of files and sheets, shared out: nobody gets less than the last class that left, and no school
    more sheets than its pupils of last year can have handed in."""
    own = {plan.slug: leavers(plan) for plan in SCHOOLS}
    rest = FILES - sum(one.files for one in found.values()) - sum(own.values())
    more = shared_out(rest, {plan.slug: plan.build.classes * len(plan.build.grades) for plan in SCHOOLS})
    asked = {plan.slug: asked_last_year(plan) for plan in SCHOOLS}
    sheets = shared_out(SHEETS - sum(one.sheets for one in found.values()), asked)
    return {slug: Quota(own[slug] + more[slug], sheets[slug]) for slug in found}


def leavers(plan: SchoolPlan) -> int:
    """How many were in the last grade last year and have left the city's schools: those of grade 12."""
    return plan.build.classes * plan.build.size if plan.build.grades[-1] == 12 else 0


def asked_last_year(plan: SchoolPlan) -> int:
    """How many pupils of this school the rounds of last year asked, about."""
    grades = [grade for grade in plan.build.grades if grade - 1 in plan.build.grades and grade - 1 >= 7]
    return plan.build.classes * plan.build.size * len(grades) + leavers(plan)


def shared_out(total: int, weights: dict[str, int]) -> dict[str, int]:
    """Whole numbers that sum to `total`, in proportion to the weights; the largest remainders get one more."""
    whole = sum(weights.values())
    exact = {name: total * weight / whole for name, weight in weights.items()}
    given = {name: int(value) for name, value in exact.items()}
    for name in sorted(exact, key=lambda one: given[one] - exact[one])[: total - sum(given.values())]:
        given[name] += 1
    return given


def _found(hand: Hand, password: str) -> int:
    """Places, classes of two years, staff, campaigns: all or nothing. Returns how many accounts."""
    people = staff_plan(list(SCHOOLS), seed=hand.seed)
    with transaction.atomic():
        built = town.build(SCHOOLS, _outlines(hand, "now"), now=hand.day)
        town.last_year(built, _outlines(hand, "before"))
        staff.hire(people, built, password=password)
        consents.publish(built, now=hand.day)
        reviews.approve(built.city, now=hand.day)
        campaigns.open_rounds(built, now=hand.day, rounds=(*ROUNDS, *_earlier(hand)))
    return len(people.colleagues)


def _outlines(hand: Hand, word: str) -> dict[str, tuple[ClassPlan, ...]]:
    return {plan.slug: outline(plan, seed=hand.seed, word=word) for plan in SCHOOLS}


def _earlier(hand: Hand) -> tuple[Any, ...]:
    return of_last_year(town.year_of(hand.day), hand.day.date())


def _last_year(plan: SchoolPlan, school: School, hand: Hand, quota: Quota) -> Count:
    year = town.year_of(hand.day)
    present = hand.roll(plan)
    gone = former(plan, year=year - 1, seed=hand.seed, count=quota.former)
    graduated = _in_classes(gone[: leavers(plan)], plan)
    before = (*_a_year_younger(present, plan), *graduated)
    classes = classes_of(school, year - 1)
    _enrol_former(gone, graduated, classes, school, year)
    register.remember(before, classes, skip=frozenset(pupil.id for pupil in gone))
    taker = first_counsellor(school, hand.day)
    known = distress_of(plan, present, seed=hand.seed)
    counts, left = [], quota.sheets
    for one in _earlier(hand):
        sat = school_sittings(plan, before, one, seed=hand.seed, now=hand.day, known=known)
        counts.append(sit(one, list(_at_most(left, sat)), classes, taker))
        left -= counts[-1].sheets
    return Count(len(gone), sum(one.sittings for one in counts), sum(one.alerts for one in counts))


def _at_most(finished: int, sat: Iterator[SittingPlan]) -> Iterator[SittingPlan]:
    """The first sittings until so many are handed in."""
    for one in sat:
        if finished <= 0:
            return
        finished -= one.finished
        yield one


def _a_year_younger(present: Sequence[ClassPlan], plan: SchoolPlan) -> Iterator[ClassPlan]:
    """The classes of last year whose pupils are still here."""
    for one in present:
        if one.grade - 1 in plan.build.grades:
            yield replace(one, grade=one.grade - 1)


def _in_classes(pupils: Sequence[PupilPlan], plan: SchoolPlan) -> tuple[ClassPlan, ...]:
    """Those who left last summer, in the classes of the last grade."""
    waiting = iter(pupils)
    numbers = range(1, plan.build.classes + 1) if pupils else ()
    return tuple(
        ClassPlan(plan.build.grades[-1], number, "", tuple(islice(waiting, plan.build.size))) for number in numbers
    )


def _enrol_former(
    gone: Sequence[PupilPlan],
    graduated: Sequence[ClassPlan],
    classes: dict[tuple[int, int], Any],
    school: School,
    year: int,
) -> None:
    """Files of former pupils: those of last summer were in a class that is known, the others are older."""
    register.keep_former(
        [(pupil, classes[one.grade, one.number]) for one in graduated for pupil in one.pupils],
        state=str(StudentState.GRADUATED),
        school_id=school.id,
        until=date(year, 7, 9),
    )
    in_class = {pupil.id for one in graduated for pupil in one.pupils}
    older = [pupil for pupil in gone if pupil.id not in in_class]
    for state, some in (
        (StudentState.LEFT, older[::LEFT_EVERY]),
        (StudentState.GRADUATED, [one for place, one in enumerate(older) if place % LEFT_EVERY]),
    ):
        register.keep_former([(pupil, None) for pupil in some], state=str(state), school_id=school.id, until=None)


def _everywhere(
    work: Callable[..., Visit], tasks: list[tuple[Any, ...]], progress: Progress, *, shares: tuple[float, float]
) -> dict[str, Visit]:
    """The work at every school, the largest first, two at a time in processes of their own; by slug."""
    begin, end = shares
    found: dict[str, Visit] = {}
    tasks = sorted(tasks, key=lambda task: -task[0].build.classes * len(task[0].build.grades))
    connections.close_all()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(AT_ONCE, mp_context=context, initializer=django.setup) as pool:
        waiting = {pool.submit(_run, work.__name__, task): task[0] for task in tasks}
        for done in as_completed(waiting):
            plan = waiting[done]
            found[plan.slug] = done.result()
            progress(said(plan, found[plan.slug].count), begin + (end - begin) * len(found) / len(tasks))
    return found


def _run(name: str, task: tuple[Any, ...]) -> Visit:
    """In a process of its own: by name, since it is the child that imports the models, after django.setup."""
    visits: dict[str, Callable[..., Visit]] = {"first_visit": first_visit, "second_visit": second_visit}
    return visits[name](*task)
