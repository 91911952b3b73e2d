"""Everything another domain may need is named in contracts."""

from qingyan.instruments import contracts


def test_every_name_offered_exists():
    assert [name for name in contracts.__all__ if not hasattr(contracts, name)] == []


def test_what_scoring_gives_back_is_offered():
    assert {"Scores", "Reason", "FlaggedAnswer", "Reached", "Plan", "InvalidAnswers"} <= set(contracts.__all__)
