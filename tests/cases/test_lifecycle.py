"""The life of a case against a model in memory: no illegal step, no crisis silently closed, no level without people.

Hypothesis tries what people could try in any order: right steps, wrong steps, wrong people, alerts in between, time.
The model knows the table and the promises; the database is the real one, as the app's own role.
"""

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from qingyan.cases.rules import closing
from tests.cases.life import CaseLife

RUN = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def life(cast):
    return type("LifeOfACase", (CaseLife,), {"cast": cast, "reached": set()})


def test_whatever_people_try_the_promises_hold(life):
    run_state_machine_as_test(life, settings=RUN)
    assert life.reached >= {"interviewed", "panel", "care", "quiet_watch", "closed", "seal_asked", "sealed"}


def test_the_control_a_guard_that_lets_a_crisis_watch_is_noticed(life, monkeypatch):
    """Take the guard away: the database still refuses, and without its constraint the machine would see it."""
    monkeypatch.setattr(closing, "lowered_enough", lambda pack, level: [])
    with pytest.raises(IntegrityError, match="no_crisis_ends"):
        _straight_to_the_watch(life)


def _straight_to_the_watch(life):
    one = life()
    one.begin(urgency="red")
    one.somebody_takes_it()
    one.they_talk(level="red")
    one.the_panel_is_called()
    one.what_is_to_do_is_done()
    one.the_panel_meets(decision="watch", level="red")
    one.somebody_approves(as_leader=True)
    one.no_crisis_has_ended_and_no_machine_has_set_a_level()
