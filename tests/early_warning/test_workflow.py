"""From every phase one step leads to "off"; nothing leads to "on" but a person's step after the trial."""

import pytest

from qingyan.early_warning.rules.readiness import CODES
from qingyan.early_warning.workflow import AT_ONCE, BY_PEOPLE, CONDITIONS, OFF, ON, PHASE, SHADOW, help_of
from qingyan.foundation.pure.workflow import NotAllowed


@pytest.mark.parametrize("phase", [code for code in PHASE.states() if code != OFF])
def test_it_can_be_switched_off_from_everywhere(phase):
    assert PHASE.target(verb="switch_off", origin=phase) == OFF


def test_a_model_orders_only_by_a_person_after_each_condition_of_its_trial():
    assert [(step.verb, step.origin) for step in PHASE.steps if step.target == ON] == [("switch_on", SHADOW)]
    assert "switch_on" in BY_PEOPLE - AT_ONCE
    assert "drift" not in BY_PEOPLE
    everything = {"model": 1, "reason": "x", "proof": True} | dict.fromkeys(CONDITIONS, True)
    assert PHASE.target(verb="switch_on", origin=SHADOW, given=everything) == ON
    for missing in everything:
        with pytest.raises(NotAllowed, match=missing):
            PHASE.target(verb="switch_on", origin=SHADOW, given=everything | {missing: False})


def test_the_conditions_of_the_table_are_those_of_the_rules():
    assert CONDITIONS == CODES


@pytest.mark.parametrize(
    ("phase", "signed", "helped"),
    [
        ("off", True, "nothing"),
        ("off", False, "nothing"),
        ("points", True, "points"),
        ("points", False, "nothing"),
        ("shadow", True, "points"),
        ("shadow", False, "nothing"),
        ("on", True, "model"),
        ("on", False, "model"),
    ],
)
def test_unsigned_points_and_a_model_in_shadow_order_nothing(phase, signed, helped):
    assert help_of(phase, signed=signed) == helped
