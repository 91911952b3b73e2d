"""What a plan must say."""

from qingyan.cases.rules.plans import CARE, SAFETY, missing


def test_a_safety_plan_names_signs_adults_and_numbers():
    assert missing(SAFETY, {"signs": "x", "adults": "x", "lines": "12356"}) == []
    assert missing(SAFETY, {"signs": "x", "adults": " "}) == ["adults", "lines"]


def test_an_individual_plan_names_goals_and_people_and_nothing_unknown():
    assert missing(CARE, {"goals": "x", "who": "x"}) == []
    assert missing(CARE, {"goals": "x", "who": "x", "signs": "x"}) == ["signs"]
