"""By what the queue is helped in each phase; a model in shadow helps nobody."""

import pytest

from qingyan.early_warning.rules.phases import help_of


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
