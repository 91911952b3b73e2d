"""Brought words: stored and read back unchanged, and hashed by what they say."""

from qingyan.instruments.rules.wordings import Wording, from_json


def test_words_come_back_as_they_were_stored():
    words = Wording({"q2": "b", "q1": "a"}, {"q1": {1: "yes", 0: "no"}}, "read")
    assert from_json(words.as_json()) == words


def test_the_same_words_have_the_same_digest_and_others_another():
    one = Wording({"q1": "a", "q2": "b"})
    assert one.digest == Wording({"q2": "b", "q1": "a"}).digest
    assert one.digest != Wording({"q1": "a", "q2": "c"}).digest
