"""The nightly look: a city that stayed as it was is left in peace; one that changed sends the model back."""

import numpy as np
import pytest

from qingyan.early_warning.rules.card import Example, learned
from qingyan.early_warning.rules.watch import GOES_BACK, fits, watched
from tests.early_warning.rules.trying import PACK, SIGNS, pupils


def examples(seed, *, flipped=False, asked=None):
    levels, found, schools = pupils(seed)
    if asked is not None:
        levels[:, 0] = np.random.default_rng(seed).random(len(levels)) < asked
    return [
        Example(tuple(int(one) for one in row), bool(told != flipped), int(school), ())
        for row, told, school in zip(levels, found, schools, strict=True)
    ]


MODEL, CARD = learned(SIGNS, examples(1))


def seen(lately, waiting=()):
    return watched(MODEL, CARD, waiting=list(waiting), lately=lately, rules=PACK.drift, resamples=100)


def test_other_pupils_of_the_same_city_are_steady():
    found = seen(examples(2))
    assert found["verdict"] == "steady"
    assert set(found["signs"]) == {"asked", "seen"}
    assert found["auc"][1] > 0.5


def test_signs_that_changed_send_it_back():
    assert seen(examples(2, asked=0.7))["verdict"] == "shifted"
    assert seen([], waiting=[(1, 0)] * 300)["verdict"] == "shifted"


def test_outcomes_that_changed_send_it_back():
    found = seen(examples(2, flipped=True))
    assert found["outcome"] > 0.25
    assert found["verdict"] in GOES_BACK


def test_signs_and_shares_as_before_but_nothing_told_apart_any_more():
    mixed = examples(2)
    outcomes = np.random.default_rng(5).permutation([one.found for one in mixed])
    lately = [Example(one.levels, bool(told), one.school, ()) for one, told in zip(mixed, outcomes, strict=True)]
    worse = [Example((0, 0) if one.found else (1, 0), one.found, one.school, ()) for one in lately]
    assert seen(lately)["verdict"] in {"steady", "chance"}
    assert seen([one for one in worse if one.levels[0] == 0 or one.school < 3])["verdict"] in GOES_BACK


@pytest.mark.parametrize("few", [[], examples(2)[:50]])
def test_too_few_say_nothing(few):
    assert seen(few)["verdict"] == "too_few"


def test_a_share_that_the_card_hides_is_what_is_left_over():
    card = {**CARD, "shares": {**CARD["shares"], "seen": [None, 0.998, None]}}
    found = watched(MODEL, card, waiting=[(0, 0)] * 300, lately=[], rules=PACK.drift, resamples=100)
    assert np.isfinite(found["signs"]["seen"])
    assert found["signs"]["seen"] < 0.05


def test_another_pack_needs_another_model():
    assert fits(MODEL, SIGNS)
    assert not fits(MODEL, SIGNS[:1])
