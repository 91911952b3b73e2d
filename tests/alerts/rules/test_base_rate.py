"""Of ten whom a rule flags, how many needed help: only from figures that the file names."""

import pytest

from qingyan.alerts.rules.base_rate import InTen, in_ten
from qingyan.instruments import api as instruments


def test_the_chinese_study_says_two_or_three_of_ten():
    found = in_ten(instruments.accuracy("ces-d"))
    assert (found.chinese, found.figures) == ("两三", "2-3")
    assert "中国青少年" in found.sample_zh


@pytest.mark.parametrize("code", ["phq-a", "scl-90", "gad-7"])
def test_where_no_predictive_value_was_read_nothing_is_said(code):
    assert in_ten(instruments.accuracy(code)) is None


@pytest.mark.parametrize(("few", "many", "words"), [(2, 2, "两"), (2, 3, "两三"), (2, 5, "两到五"), (0, 1, "零一")])
def test_a_range_is_said_as_people_say_it(few, many, words):
    assert InTen(few, many, "", "").chinese == words
