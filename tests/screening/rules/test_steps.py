"""The steps of a plan: their order, what is missing, and the days that are proposed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from qingyan.screening.rules.steps import (
    LEAD_DAYS,
    STEPS,
    TO_SETTLE,
    following,
    missing,
    proposed_window,
    with_step,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_a_new_draft_misses_everything_in_order():
    assert missing([]) == list(TO_SETTLE)


def test_the_last_step_is_looked_at_and_never_missing():
    assert missing(TO_SETTLE) == []
    assert "check" not in TO_SETTLE


def test_steps_settled_out_of_order_stand_in_order_and_once():
    assert with_step(["dates"], "purpose") == ["purpose", "dates"]
    assert with_step(["dates"], "dates") == ["dates"]


def test_a_step_that_is_no_longer_known_is_forgotten():
    assert with_step(["colour"], "dates") == ["dates"]


def test_each_step_leads_to_the_next_and_the_last_to_itself():
    assert [following(step) for step in STEPS] == [*STEPS[1:], STEPS[-1]]
    with pytest.raises(ValueError, match="not in"):
        following("nowhere")


@pytest.mark.parametrize("day", range(1, 15))
def test_the_proposed_days_begin_on_a_monday_two_weeks_ahead_at_least(day):
    now = datetime(2026, 9, day, 23, 30, tzinfo=SHANGHAI)
    opens, closes = proposed_window(now)
    assert opens.weekday() == 0
    assert LEAD_DAYS <= (opens.date() - now.date()).days < LEAD_DAYS + 7
    assert (closes.weekday(), closes > opens) == (4, True)
    assert closes - opens < timedelta(days=14)
