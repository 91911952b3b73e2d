"""How much one grade is asked to bear: too soon, twice, too many; and what is none of these."""

from datetime import date, timedelta

import pytest

from qingyan.screening.rules.burden import (
    Booked,
    Limits,
    faults,
    gap_days,
    half_of,
    months_of,
    neighbours,
    spacing_of,
    warnings,
)

DAY = date(2026, 10, 12)


def booked(
    code: str = "scl-90",
    *,
    after: int = 0,
    items: int = 90,
    grades: tuple[int, int] = (7, 9),
    school: int | None = None,
) -> Booked:
    """A round of one week, `after` days after the plan's first day."""
    opens = DAY + timedelta(days=after)
    first, last = grades
    return Booked(f"round {after}", code, items, range(first, last + 1), opens, opens + timedelta(days=7), school)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (booked(after=-20, school=1), "too_soon"),  # 13 days after its end
        (booked(after=-21, school=1), "twice"),  # 14 days: far enough, but two offices
        (booked(after=-21), None),
        (booked(after=3), "too_soon"),
        (booked(after=20, school=1), "too_soon"),  # the later round counts like the earlier one
        (booked(after=-90, school=1), None),  # the term before
        (booked(after=-20, school=1, grades=(10, 12)), None),
        (booked("mht", after=-20, items=100), None),
    ],
)
def test_the_same_instrument_again(other: Booked, kind: str | None) -> None:
    found = faults([booked()], [other], Limits(min_days=14))
    assert [fault.kind for fault in found] == ([kind] if kind else [])


def test_a_reason_names_only_the_grades_that_both_rounds_ask() -> None:
    (found,) = faults([booked(grades=(7, 9))], [booked(after=9, grades=(9, 12))], Limits())
    assert found.grades == (9,)
    assert found.others == (booked(after=9, grades=(9, 12)),)


def test_schools_do_not_meet_each_other_and_the_city_meets_all() -> None:
    assert faults([booked(school=1)], [booked(school=2)], Limits()) == []
    assert faults([booked()], [booked(school=2)], Limits())


def test_items_are_counted_for_the_most_burdened_school_only() -> None:
    city = booked("a", after=20, items=100)
    schools = [booked("b", after=25, items=100, school=1), booked("c", after=26, items=120, school=2)]
    plan = [booked("d", items=80)]
    assert faults(plan, [city, *schools], Limits(items_per_term=300)) == []
    (found,) = faults(plan, [city, *schools], Limits(items_per_term=299))
    assert (found.kind, found.items, found.grades) == ("too_many", 300, (7, 8, 9))
    assert found.others == (city, schools[1])


def test_a_plan_alone_may_be_too_long() -> None:
    (found,) = faults([booked("a", items=200), booked("b", items=101)], [], Limits())
    assert (found.items, found.others) == (301, ())


def test_halves_leave_no_day_out() -> None:
    assert half_of(date(2026, 8, 1)) == half_of(date(2027, 1, 31)) == (2026, 1)
    assert half_of(date(2027, 2, 1)) == half_of(date(2027, 7, 31)) == (2027, 2)
    assert half_of(date(2026, 7, 31)) != half_of(date(2026, 8, 1))


def test_the_gap_is_the_same_from_both_sides() -> None:
    one, other = booked(), booked(after=30)
    assert gap_days(one, other) == gap_days(other, one) == 23
    assert gap_days(one, booked(after=2)) == 0


def test_neighbours_and_months_walk_the_calendar_without_a_gap() -> None:
    half, walked = (2024, 1), []
    for _step in range(6):
        walked += months_of(half)
        half = neighbours(half)[1]
        assert months_of(neighbours(half)[0])[-1] == walked[-1]
    assert walked == [(2024 + (7 + n) // 12, (7 + n) % 12 + 1) for n in range(36)]
    assert all(half_of(date(year, month, 1)) == half_of(date(year, month, 28)) for year, month in walked)


@pytest.mark.parametrize(
    ("after", "refused", "warned"),
    [
        (20, ["too_soon"], []),  # 13 days between
        (21, [], ["near_soon"]),  # 14: allowed, and near
        (27, [], ["near_soon"]),  # 20
        (28, [], []),  # 21: far enough
    ],
)
def test_between_refused_and_free_lies_a_warning(after: int, refused: list[str], warned: list[str]) -> None:
    one, other, limits = booked(), booked(after=after), Limits(min_days=14, warn_days=7)
    assert [fault.kind for fault in faults([one], [other], limits)] == refused
    assert [fault.kind for fault in warnings([one], [other], limits)] == warned
    spaced = {"too_soon": "too_soon", "near_soon": "near_soon"}.get(next(iter(refused + warned), ""), "")
    assert spacing_of(one, [one, other], limits) == spaced


@pytest.mark.parametrize(
    ("items", "refused", "warned"),
    [(80, [], []), (150, [], []), (151, [], ["near_many"]), (210, [], ["near_many"]), (211, ["too_many"], [])],
)
def test_items_are_near_above_the_share_and_refused_above_the_limit(items, refused, warned) -> None:
    plan, known = [booked("a", items=items)], [booked("b", after=3, items=90)]
    limits = Limits(items_per_term=300, warn_percent=80)
    assert [fault.kind for fault in faults(plan, known, limits)] == refused
    assert [fault.kind for fault in warnings(plan, known, limits)] == warned


def test_without_a_margin_there_is_no_warning() -> None:
    limits = Limits(warn_days=0, warn_percent=100)
    assert warnings([booked()], [booked(after=21)], limits) == []
    assert warnings([booked("a", items=300)], [], limits) == []


def test_another_school_is_never_near() -> None:
    assert spacing_of(booked(school=1), [booked(after=21, school=2)], Limits()) == ""
    assert spacing_of(booked(school=1), [booked(after=21)], Limits()) == "near_soon", "the control: the city is"
