"""T scores and the values that a scale can take."""

import pytest

from qingyan.instruments import api
from qingyan.instruments.rules.local_norms import possible_values, t_score, value_at

PHQ, SCL = api.instrument("phq-a", "1.1"), api.instrument("scl-90")


@pytest.mark.parametrize(("value", "t"), [(10, 50), (15, 60), (5, 40), (12.5, 55), (10.24, 50), (10.25, 51)])
def test_t_is_fifty_and_ten_points_a_standard_deviation(value, t):
    assert t_score(value, 10.0, 5.0) == t


def test_where_nobody_differs_there_is_no_t():
    assert t_score(10, 10.0, 0.0) is None


def test_the_value_of_a_mark_is_its_inverse():
    assert value_at(70, 1.61, 0.57, 2) == 2.75
    assert t_score(2.75, 1.61, 0.57) == 70


def test_a_sum_takes_whole_numbers_and_a_mean_the_steps_of_its_items():
    assert possible_values(PHQ, PHQ.scale("total")) == list(range(28))
    som = possible_values(SCL, SCL.scale("som"))
    assert (som[0], som[1], som[-1], len(som)) == (1.0, 1.08, 5.0, 49)
    assert len(possible_values(SCL, SCL.scale("total"))) == 361
    dass = api.instrument("dass-21")
    assert possible_values(dass, dass.scales[0])[:3] == [0, 2, 4]
