"""The tally of each method, and that nothing else is needed to finish a scale."""

import pytest

from qingyan.instruments.rules.scores import Reason
from qingyan.instruments.rules.tally import PSDI_BASE, finish, source_scale, tally
from tests.instruments.demo_instrument import every_method


@pytest.mark.parametrize(
    ("scale", "tallied", "value"),
    [
        ("total", 6, 6),
        ("average", 6, 2.0),
        ("doubled", 6, 12.0),
        ("weighted", 11, 11),
        ("top", 3, 3),
        ("some", 3, 3),
        ("none", 0, 0),
        ("depth", 3 * PSDI_BASE + 6, 2.0),
        ("t", 6, 60.0),
    ],
)
def test_the_answers_3_1_2_are_tallied_and_finished(scale, tallied, value):
    instrument = every_method()
    this = instrument.scale(scale)
    assert tally(source_scale(instrument, this), [3, 1, 2]) == tallied
    assert finish(instrument, this, (3, 3), tallied)[0] == value


@pytest.mark.parametrize(
    ("counts", "reason"),
    [((0, 0), Reason.NOT_ASKED), ((3, 0), Reason.MISSING_ANSWERS), ((3, 1), Reason.MISSING_ANSWERS), ((3, 2), None)],
)
def test_a_scale_is_finished_only_with_enough_answers(counts, reason):
    instrument = every_method()
    assert finish(instrument, instrument.scale("total"), counts, 2)[2] is reason
