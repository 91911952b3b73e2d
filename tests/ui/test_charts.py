"""The geometry of charts: round ticks, gaps for missing values, bands cut to the scale."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyan.ui.charts import line_chart, nice_ticks, number, path_of, sparkline

NUMBERS = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (1, 5, (1, 2, 3, 4, 5)),
        (0, 100, (0, 25, 50, 75, 100)),
        (0, 3, (0, 1, 2, 3)),
        (7, 7, (6, 6.5, 7, 7.5, 8)),
        (1.6, 3.4, (1.5, 2, 2.5, 3, 3.5)),
    ],
)
def test_ticks_are_round_numbers_around_the_values(low, high, ticks):
    assert nice_ticks(low, high) == ticks


@given(NUMBERS, NUMBERS)
def test_ticks_always_enclose_the_values_and_rise(a, b):
    low, high = sorted((a, b))
    ticks = nice_ticks(low, high)
    slack = 1e-6 * max(1.0, high - low)
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
    assert all(one < two for one, two in pairwise(ticks))


@pytest.mark.parametrize(
    ("value", "word"), [(3, "3"), (3.4, "3.4"), (12.25, "12.25"), (1 / 3, "0.33"), (100, "100"), (-0.5, "-0.5")]
)
def test_numbers_are_written_as_a_person_writes_them(value, word):
    assert number(value) == word


def test_a_missing_value_lifts_the_pen():
    assert path_of([(0, 1), (2, 3), None, (4, 5), (6, 7)]) == "M0 1L2 3M4 5L6 7"


def test_higher_values_stand_higher_and_later_ones_further_right():
    chart = line_chart([("抑郁", [1.0, 3.0])], labels=["春", "秋"], limits=(1, 5))
    first, second = chart.lines[0].points
    assert first.y > second.y
    assert first.x < second.x
    assert (first.value, second.when) == ("1", "秋")


def test_missing_values_give_no_point_and_no_line():
    chart = line_chart([("抑郁", [1.0, None, 3.0])], labels=["a", "b", "c"], limits=(1, 5))
    assert [point.when for point in chart.lines[0].points] == ["a", "c"]
    assert "L" not in chart.lines[0].path


def test_one_single_value_stands_in_the_middle():
    chart = line_chart([("总分", [20.0])], labels=["秋"])
    assert chart.lines[0].points[0].x == pytest.approx((chart.left + chart.right) / 2)


def test_bands_are_cut_to_what_the_scale_shows():
    chart = line_chart([("x", [2.0])], labels=["a"], bands=[(-10.0, 2.0, "常模", "green")], limits=(1, 5))
    band = chart.bands[0]
    assert band.y + band.height == pytest.approx(chart.bottom)
    assert 0 < band.height < chart.bottom


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 500)), min_size=1, max_size=40).filter(
        lambda v: any(x is not None for x in v)
    )
)
def test_everything_stays_inside_the_frame(values):
    chart = line_chart([("x", values)], labels=[str(n) for n in range(len(values))])
    for point in chart.lines[0].points:
        assert chart.left <= point.x <= chart.right
        assert 0 <= point.y <= chart.bottom + 0.01


def test_many_labels_are_thinned_and_the_last_is_kept():
    chart = line_chart([("x", [1.0] * 40)], labels=[str(n) for n in range(40)])
    assert len(chart.x_ticks) <= 9
    assert chart.x_ticks[-1].word == "39"


def test_a_series_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="one value"):
        line_chart([("x", [1.0])], labels=["a", "b"])


def test_a_chart_without_any_value_is_refused():
    with pytest.raises(ValueError, match="nothing to show"):
        line_chart([("x", [None])], labels=["a"])


def test_a_sparkline_ends_at_its_last_known_value():
    spark = sparkline([2.0, None, 3.0, None])
    assert spark.last is not None
    assert spark.last.value == "3"
    assert spark.last.y == 3


def test_a_flat_sparkline_runs_through_the_middle_and_an_empty_one_is_empty():
    assert sparkline([4.0, 4.0]).path == "M3 16L117 16"
    empty = sparkline([None, None])
    assert (empty.path, empty.last) == ("", None)
