"""What an address may ask of the told tables."""

import pytest

from qingyan.insight.rules.cells import Key
from qingyan.insight.rules.exploring import DIMENSIONS, LONGEST, Choice, asked, splits
from qingyan.insight.rules.topics import TOPICS


def test_an_address_comes_back_as_it_was_written():
    choice = Choice(place="district-3", measure="factors", part="scl-90:dep", sex="F", by="band")
    assert choice.address == "place=district-3&measure=factors&part=scl-90%3Adep&sex=F&by=band"
    assert (
        asked({"place": "district-3", "measure": "factors", "part": "scl-90:dep", "sex": "F", "by": "band"}) == choice
    )


def test_another_measure_drops_what_belongs_to_the_one_before():
    given = {"place": "city", "measure": "alerts", "was": "levels", "part": "scl-90", "by": "part"}
    assert asked(given) == Choice(place="city", measure="alerts")
    assert asked(given | {"was": "alerts"}).part == "scl-90"


@pytest.mark.parametrize("text", ["\x00", " ", "x" * 5000])
def test_an_address_is_cut_and_cleaned(text):
    assert len(asked({"part": text}).part) <= LONGEST
    assert "\x00" not in asked({"part": text}).part


def test_every_topic_can_be_explored_along_dimensions_of_the_cube_only():
    assert set(DIMENSIONS) == set(TOPICS)
    assert {one for found in DIMENSIONS.values() for one in found} <= set(Key._fields)


def test_places_are_no_split_where_nothing_below_may_be_told():
    assert "place" in splits("levels", level_below=True)
    assert "place" not in splits("levels", level_below=False)
