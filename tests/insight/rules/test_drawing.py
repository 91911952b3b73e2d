"""Bars where they belong."""

from qingyan.insight.rules.drawing import LABEL, VALUE, WIDTH, drawing, most
from qingyan.insight.rules.exhibits import Exhibit, Line, Said

PLOT = WIDTH - LABEL - VALUE


def _exhibit(*figures, shape="bars", drawn=(0,)):
    columns = tuple("甲乙丙"[: max(drawn) + 1])
    return Exhibit("x", "题", "", "组", columns, tuple(Line("行", one) for one in figures), drawn, shape)


def test_a_share_over_half_is_drawn_against_the_whole():
    assert most(_exhibit((Said("80%", 80.0),))) == 100
    assert drawing(_exhibit((Said("80%", 80.0),))).bars[0].width == round(0.8 * PLOT, 1)


def test_small_shares_fill_the_width_and_keep_their_interval():
    bar = drawing(_exhibit((Said("10%", 10.0, 5.0, 20.0),))).bars[0]
    assert bar.low < LABEL + bar.width < bar.high <= LABEL + PLOT


def test_parts_of_a_whole_stand_behind_each_other():
    bars = drawing(_exhibit((Said("", 40.0), Said("", 60.0)), shape="stack", drawn=(0, 1))).bars
    assert bars[1].x == bars[0].x + bars[0].width
    assert bars[0].y == bars[1].y


def test_what_is_not_told_has_no_length():
    assert drawing(_exhibit((Said("—"),))).bars[0].width == 0
