"""The card: measured on unseen schools, small groups hidden, too few outcomes give neither model nor card."""

import numpy as np
import pytest

from qingyan.early_warning.rules.card import Example, learned, model_from, weights_as_json
from qingyan.early_warning.rules.learning import Sign, TooFew

SIGNS = (Sign("asked", ("none", "yes")), Sign("seen", ("none", "some")))


def examples(pupils: int = 1200, boys: int = 40) -> list[Example]:
    dice = np.random.default_rng(7)
    asked = dice.random(pupils) < 0.3
    found = dice.random(pupils) < np.where(asked, 0.6, 0.1)
    group = ["boys" if place < boys else "girls" for place in range(pupils)]
    return [Example((int(asked[n]), -1 if n < 3 else 0), bool(found[n]), n % 12, (group[n],)) for n in range(pupils)]


def test_the_card_tells_how_good_the_order_is_and_what_it_was_learned_from():
    model, card = learned(SIGNS, examples())
    assert (card["pupils"], card["schools"]) == (1200, 12)
    assert card["measures"]["auc"] > 0.65
    assert len(card["measures"]["bands"]) == 10
    assert model_from(weights_as_json(model)) == model


def test_a_small_group_has_no_figure_and_a_large_one_has():
    _model, card = learned(SIGNS, examples())
    assert card["groups"]["boys"] is None
    assert card["groups"]["girls"]["auc"] > 0.65


def test_a_share_behind_which_few_stand_is_not_told():
    _model, card = learned(SIGNS, examples())
    assert card["shares"]["seen"] == [None, 0.998, 0.0]


@pytest.mark.parametrize("pupils", [0, 60])
def test_too_few_give_nothing(pupils):
    with pytest.raises(TooFew):
        learned(SIGNS, examples(pupils))
