"""Quiet hours, the digest, and trying again: tables over the day."""

from datetime import datetime, time, timedelta

import pytest

from qingyan.notifications.rules.channels import Mode
from qingyan.notifications.rules.timing import (
    MOST_ATTEMPTS,
    Wishes,
    goes_out_at,
    in_digest,
    is_quiet,
    next_at,
    next_try,
)

DAY = datetime(2026, 11, 26)
OVER_MIDNIGHT = Wishes()
AT_NOON = Wishes(quiet_from=time(12), quiet_until=time(14))
NEVER = Wishes(quiet_from=None, quiet_until=None)


@pytest.mark.parametrize(
    ("wishes", "at", "quiet"),
    [
        (OVER_MIDNIGHT, time(21, 59), False),
        (OVER_MIDNIGHT, time(22), True),
        (OVER_MIDNIGHT, time(0), True),
        (OVER_MIDNIGHT, time(6, 59), True),
        (OVER_MIDNIGHT, time(7), False),
        (AT_NOON, time(11, 59), False),
        (AT_NOON, time(13), True),
        (AT_NOON, time(14), False),
        (NEVER, time(3), False),
        (Wishes(quiet_from=time(8), quiet_until=time(8)), time(8), False),
    ],
)
def test_the_quiet_hours_may_pass_midnight(wishes, at, quiet):
    assert is_quiet(wishes, at) is quiet


def test_an_ordinary_notice_waits_for_the_morning_and_a_critical_one_does_not():
    late, early = DAY.replace(hour=23), DAY.replace(hour=3)
    assert goes_out_at(OVER_MIDNIGHT, critical=False, now=late) == datetime(2026, 11, 27, 7)
    assert goes_out_at(OVER_MIDNIGHT, critical=False, now=early) == datetime(2026, 11, 26, 7)
    assert goes_out_at(OVER_MIDNIGHT, critical=True, now=late) == late
    assert goes_out_at(OVER_MIDNIGHT, critical=False, now=DAY.replace(hour=9)) == DAY.replace(hour=9)


def test_the_digest_takes_ordinary_notices_only():
    wants = Wishes(email=Mode.DIGEST)
    assert in_digest(wants, critical=False)
    assert not in_digest(wants, critical=True)
    assert not in_digest(Wishes(), critical=False)


def test_the_next_time_of_day_is_always_later():
    assert next_at(DAY.replace(hour=17, minute=30), time(17, 30)) == datetime(2026, 11, 27, 17, 30)
    assert next_at(DAY.replace(hour=17, minute=29), time(17, 30)) == DAY.replace(hour=17, minute=30)


def test_trying_again_takes_longer_each_time_and_ends():
    pauses = [next_try(attempts, now=DAY) - DAY for attempts in range(1, MOST_ATTEMPTS)]
    assert pauses == sorted(pauses)
    assert sum(pauses, timedelta()) < timedelta(hours=2)
    assert next_try(MOST_ATTEMPTS, now=DAY) is None
