"""The same promises as test_boards.py on the demo of 41 schools: slower, with many more figures."""

import pytest

from qingyan.demo import api
from qingyan.foundation.crypto import keyring
from tests import databases
from tests.demo.conftest import NOW
from tests.demo.test_boards import attacked, figures_equal_direct_queries


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """All 41 schools with some 4,100 pupils."""
    with django_db_blocker.unblock():
        keyring.forget()
        yield api.load(now=NOW, size="full")
        databases.empty()
        keyring.forget()


@pytest.mark.deep
def test_boards_of_the_town_equal_direct_queries(town):
    assert figures_equal_direct_queries() > 300


@pytest.mark.deep
def test_a_solver_finds_no_small_count_in_what_the_town_tells(town):
    small, exactly, fewest, careless = attacked()
    assert small > 300
    assert exactly == []
    assert fewest >= 3
    assert careless > small / 10
