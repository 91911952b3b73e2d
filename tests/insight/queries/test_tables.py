"""Released tables are read in two queries, however many they are."""

import pytest

from qingyan.insight.queries.tables import tables
from qingyan.insight.rules.cells import Place
from tests.insight.setting import built, over, sheets
from tests.screening.setting import city_round

pytestmark = pytest.mark.django_db


def test_all_tables_of_a_place_come_in_two_queries(cast, django_assert_num_queries):
    for _ in range(2):
        sheets(cast, over(city_round(cast, "phq-a")), cast.home, reached=12, rest=28)
    built()
    with django_assert_num_queries(2):
        found = tables([Place("school", cast.home.school.id)], ["levels", "coverage", "factors"])
    assert len([one for one in found if one.topic == "levels"]) == 2
    assert all(len(one.digest) == 64 and one.cells for one in found)
