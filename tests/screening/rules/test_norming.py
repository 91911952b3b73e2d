"""Norms against an independent calculation (module statistics), and what never leaves: small groups, tails, sums."""

import random
import statistics
from fractions import Fraction

import pytest

from qingyan.screening.rules.norming import SMALLEST_GROUP, Counted, norms


def sheets(values, group=(10, "F"), scale="total"):
    return [Counted(group, {scale: value}) for value in values]


def drawn(count, seed=7):
    chance = random.Random(seed)
    return [min(27, max(0, round(chance.gauss(9, 6)))) for _ in range(count)]


@pytest.mark.parametrize("count", [30, 31, 97, 160, 800, 1234])
def test_mean_sd_and_percentiles_are_those_of_the_statistics_module(count):
    values = drawn(count)
    (cell,) = norms(sheets(values)).cells
    assert cell.mean == round(float(statistics.mean(map(Fraction, values))), 3)
    assert cell.sd == pytest.approx(statistics.stdev(values), abs=0.0006)
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    for percent, value in cell.percentiles.items():
        assert value == pytest.approx(cuts[int(percent) - 1], abs=0.0006), percent


def test_decimal_values_are_counted_as_they_are_written():
    values = [1.1, 1.2, 1.3] * 20
    (cell,) = norms(sheets(values, scale="gsi")).cells
    assert (cell.mean, cell.sd) == (1.2, round(statistics.stdev(values), 3))


def test_a_group_under_thirty_has_no_figure_and_is_named():
    few, enough = sheets(drawn(29), group=(7, "M")), sheets(drawn(30), group=(7, "F"))
    found = norms(few + enough)
    assert [(one.group, one.sex) for one in found.cells] == [(7, "F")]
    assert found.too_small == ((7, "M"),)


def test_there_is_no_sum_over_groups_from_which_a_small_one_could_be_found():
    found = norms(sheets(drawn(60), group=(7, "F")) + sheets(drawn(60), group=(8, "F")))
    assert {(one.group, one.sex) for one in found.cells} == {(7, "F"), (8, "F")}


def test_a_percentile_needs_more_than_seven_sheets_beyond_it():
    assert list(norms(sheets(drawn(30))).cells[0].percentiles) == ["50"]
    assert list(norms(sheets(drawn(32))).cells[0].percentiles) == ["25", "50", "75"]
    assert list(norms(sheets(drawn(80))).cells[0].percentiles) == ["10", "25", "50", "75", "90"]
    assert "99" in norms(sheets(drawn(800))).cells[0].percentiles


def test_counts_are_rounded_to_five_and_never_below_thirty():
    assert norms(sheets(drawn(31))).cells[0].n == SMALLEST_GROUP
    assert norms(sheets(drawn(83))).cells[0].n == 85


def test_a_scale_that_few_have_answered_enough_of_is_not_computed():
    whole = [Counted((7, "F"), {"a": 1, "b": 2}) for _ in range(20)] + sheets(drawn(20), group=(7, "F"), scale="a")
    assert [one.scale for one in norms(whole).cells] == ["a"]


def test_where_nobody_differs_the_spread_is_zero():
    assert norms(sheets([4] * 40)).cells[0].sd == 0.0
