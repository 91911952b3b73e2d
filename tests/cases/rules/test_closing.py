"""What stands in the way of an end. No crisis is silently closed."""

from datetime import UTC, datetime, timedelta

import pytest

from qingyan.cases.queries import packs
from qingyan.cases.rules import closing
from qingyan.cases.rules.closing import Standing, close_faults, seal_faults, watch_faults

PACK = packs.current()
ALL = [one.code for one in PACK.closing]
NOW = datetime(2026, 11, 27, tzinfo=UTC)
CALM = Standing(level="blue", urgency="blue", interviewed=True, must_report=False, open_alerts=0, open_todos=0)


def but(**changes) -> Standing:
    return Standing(**{**CALM.__dict__, **changes})


def test_the_control_a_calm_case_may_watch_and_after_its_time_close():
    assert watch_faults(PACK, CALM, ALL) == []
    long_ago = NOW - timedelta(days=PACK.follow_up.watch_days)
    assert close_faults(PACK, CALM, ALL, watched_since=long_ago, now=NOW) == []


@pytest.mark.parametrize("level", [one.code for one in PACK.levels if one.crisis])
def test_a_crisis_neither_watches_nor_closes_nor_is_sealed(level):
    grave = but(level=level)
    long_ago = NOW - timedelta(days=1000)
    assert closing.CRISIS in watch_faults(PACK, grave, ALL)
    assert closing.CRISIS in close_faults(PACK, grave, ALL, watched_since=long_ago, now=NOW)
    assert closing.CRISIS in seal_faults(PACK, grave)


@pytest.mark.parametrize(
    ("standing", "criteria", "fault"),
    [
        (but(level=""), ALL, closing.NO_LEVEL),
        (but(level="yellow"), ALL, closing.LEVEL_TOO_HIGH),
        (but(open_alerts=1), ALL, closing.ALERT_OPEN),
        (but(open_todos=1), ALL, closing.TODO_OPEN),
        (CALM, ALL[1:], closing.CRITERIA_OPEN),
    ],
)
def test_the_quiet_watch_asks_for_level_alerts_todos_and_criteria(standing, criteria, fault):
    assert watch_faults(PACK, standing, criteria) == [fault]


def test_a_watch_that_was_too_short_does_not_close():
    yesterday = NOW - timedelta(days=1)
    assert close_faults(PACK, CALM, ALL, watched_since=yesterday, now=NOW) == [closing.WATCH_TOO_SHORT]


def test_what_came_up_during_the_watch_is_considered_before_closing():
    long_ago = NOW - timedelta(days=1000)
    news = but(urgency="red")
    assert close_faults(PACK, news, ALL, watched_since=long_ago, now=NOW) == [closing.UNCONSIDERED]
    assert watch_faults(PACK, news, ALL) == [], "a panel that decides considers it"


@pytest.mark.parametrize(
    ("standing", "fault"),
    [
        (but(level="", urgency="red", interviewed=False), closing.NOT_INTERVIEWED),
        (but(level="", must_report=True), closing.MUST_REPORT),
        (but(level="", open_alerts=2), closing.ALERT_OPEN),
    ],
)
def test_a_grave_flag_is_false_only_after_somebody_has_talked_with_the_pupil(standing, fault):
    assert seal_faults(PACK, standing) == [fault]


def test_the_control_a_red_flag_that_was_looked_into_may_be_sealed():
    assert seal_faults(PACK, but(level="", urgency="red")) == []
