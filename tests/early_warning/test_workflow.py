"""From every phase one step leads to "off"; nothing leads to "on" but a person's step after the trial."""

import pytest

from qingyan.early_warning.workflow import BY_PEOPLE, OFF, ON, PHASE, SHADOW, help_of
from qingyan.foundation.pure.workflow import NotAllowed


@pytest.mark.parametrize("phase", [code for code in PHASE.states() if code != OFF])
def test_it_can_be_switched_off_from_everywhere(phase):
    assert PHASE.target(verb="switch_off", origin=phase) == OFF


def test_a_model_orders_only_after_the_days_of_the_trial_and_by_a_person():
    assert [(step.verb, step.origin) for step in PHASE.steps if step.target == ON] == [("switch_on", SHADOW)]
    assert frozenset({"use_points", "switch_off"}) == BY_PEOPLE
    with pytest.raises(NotAllowed):
        PHASE.target(verb="switch_on", origin=SHADOW, given={"model": 1, "days": False})


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
