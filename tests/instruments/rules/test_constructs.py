"""Every released instrument says what it is about."""

from qingyan.instruments import api
from qingyan.instruments.rules.constructs import ABOUT, Construct, about


def test_every_released_instrument_has_a_line_and_none_is_left_over():
    assert set(ABOUT) == {one.code for one in api.released()}


def test_every_subject_is_somebodys():
    assert {one for subjects in ABOUT.values() for one in subjects} == set(Construct)


def test_an_unknown_code_is_about_nothing():
    assert about("unknown") == ()
