"""When the demo's rounds are, and how far they have come."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from qingyan.demo.rounds import CLOSED, LESSON, OPEN, OPEN_SHARES, ROUNDS, Progress, lesson, progress, window

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 10, tzinfo=SHANGHAI)


def test_one_round_is_over_and_one_is_under_way():
    assert window(CLOSED, NOW)[1] < NOW
    opens, closes = window(OPEN, NOW)
    assert opens < NOW < closes
    assert [plan.is_closed for plan in ROUNDS] == [True, False]


def test_both_say_that_they_are_a_demo():
    assert all("演示" in plan.title for plan in ROUNDS)


def test_primary_grades_are_asked_nothing_and_items_on_suicide_are_kept_for_senior_grades():
    asked = [one for plan in ROUNDS for one in plan.instruments]
    assert min(one.grade_from for one in asked) >= 7
    assert all(one.grade_from >= 10 for one in asked if one.instrument in {"scl-90", "phq-a"})


@pytest.mark.parametrize("plan", ROUNDS)
@pytest.mark.parametrize("day", range(14))
def test_lessons_are_on_school_days_within_the_round_and_over_before_now(plan, day):
    now = NOW + timedelta(days=day)
    opens, closes = window(plan, now)
    for order in range(24):
        at = lesson(plan, order, now)
        assert at.weekday() < 5
        assert opens <= at <= closes
        assert at + LESSON <= now
        assert 8 <= at.hour < 16


def test_the_first_class_of_the_open_round_has_just_sat_and_the_others_before_it():
    lessons = [lesson(OPEN, order, NOW) for order in range(12)]
    assert lessons[0] == datetime(2026, 11, 24, 9, 5, tzinfo=SHANGHAI)
    assert lessons == sorted(lessons, reverse=True)
    assert len(set(lessons)) == 12


@pytest.mark.parametrize("hour", [0, 5, 8, 13, 23])
def test_on_a_sunday_the_last_lesson_was_on_friday(hour):
    sunday = datetime(2026, 11, 22, hour, tzinfo=SHANGHAI)
    assert lesson(OPEN, 0, sunday) == datetime(2026, 11, 20, 15, 5, tzinfo=SHANGHAI)


def test_nearly_all_pupils_finish_the_closed_round():
    reached = [progress(CLOSED, order=0, luck=luck / 1000) for luck in range(1000)]
    assert 0.92 < reached.count(Progress.FINISHED) / 1000 < 0.96
    assert reached.count(Progress.NOT_STARTED) == 35
    assert reached.count(Progress.PART_WAY) == 25


def test_in_the_open_round_some_classes_are_done_some_part_way_and_some_have_not_begun():
    shares = []
    for order in range(len(OPEN_SHARES)):
        reached = [progress(OPEN, order=order, luck=luck / 200) for luck in range(200)]
        shares.append(1 - reached.count(Progress.NOT_STARTED) / 200)
    assert shares == pytest.approx(OPEN_SHARES, abs=0.01)
    assert {0.0, 1.0} < set(OPEN_SHARES)
