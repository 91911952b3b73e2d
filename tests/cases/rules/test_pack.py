"""What a case pack must say, and which packs are refused."""

import json

import pytest
import yaml
from pydantic import ValidationError

from qingyan.cases.queries import packs
from qingyan.cases.rules.pack import CasePack

RAW = yaml.safe_load((packs.LIBRARY / f"{packs.CURRENT}.yaml").read_text("utf-8"))


def read(raw: dict) -> CasePack:
    return CasePack.model_validate_json(json.dumps(raw))


def changed(**level) -> dict:
    raw = json.loads(json.dumps(RAW))
    raw["levels"][0] |= level
    return raw


def test_the_pack_in_force_can_be_read_and_says_that_nobody_has_signed_it():
    assert read(RAW).name == "default/1.0"
    assert read(RAW).signed_by is None


def test_levels_have_words_and_colours_of_their_own():
    levels = read(RAW).levels
    assert 3 <= len(levels) <= 5
    assert len({one.words for one in levels}) == len({one.colour for one in levels}) == len(levels)


@pytest.mark.parametrize(
    "raw",
    [
        changed(may_watch=True),
        changed(crisis=False),
        changed(code="orange"),
        changed(panel={"unit": "school_days", "n": 3}),
        changed(interview={"unit": "same_day", "n": 2}),
        changed(interview={"unit": "hours"}),
        changed(colour="purple"),
        RAW | {"levels": RAW["levels"][:2]},
        RAW | {"closing": []},
        RAW | {"surprise": 1},
    ],
    ids=[
        "a crisis may watch",
        "the gravest is no crisis",
        "a level twice",
        "school days without a limit",
        "same day with a number",
        "hours without a number",
        "no colour of ours",
        "two levels",
        "no criteria",
        "an unknown key",
    ],
)
def test_a_pack_that_could_harm_is_refused(raw):
    with pytest.raises(ValidationError):
        read(raw)


def test_graver_and_nearest():
    pack = read(RAW)
    assert pack.graver("red", "orange")
    assert not pack.graver("blue", "blue")
    assert pack.nearest("orange") == "orange"
    assert pack.nearest("unknown") == "red", "what nobody knows is treated as the gravest"
