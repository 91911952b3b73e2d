"""A kind is asked for by its code."""

import pytest

from qingyan.notifications.queries.kinds import UnknownKind, kind, sentence


def test_a_kind_has_its_sentence():
    assert kind("attention_now").critical
    assert sentence("attention_now") == "您有一条需要马上查看的事项"


def test_an_unknown_kind_is_an_error_of_the_caller():
    with pytest.raises(UnknownKind):
        kind("free text 陈雨桐")
