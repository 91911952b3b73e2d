"""What the trail takes and what it refuses."""

from enum import StrEnum
from uuid import UUID

import pytest

from qingyan.foundation.audit.detail import NotForAudit, checked_detail, checked_text


class State(StrEnum):
    """A state as workflows have them."""

    OPEN = "open"


def test_small_facts_and_ids_are_kept():
    detail = {"count": 3, "done": True, "state": State.OPEN, "why": "转学", "none": None, "ids": [1, "a", UUID(int=1)]}
    assert checked_detail(detail) == (
        '{"count": 3, "done": true, "state": "open", "why": "转学", "none": null, '
        '"ids": [1, "a", "00000000-0000-0000-0000-000000000001"]}'
    )


def test_no_detail_is_an_empty_one():
    assert checked_detail(None) == "{}"


@pytest.mark.parametrize(
    "detail",
    [
        {"note": "长" * 201},
        {"score": 1.5},
        {"nested": {"a": 1}},
        {"nested": [[1]]},
        {"ids": [None]},
        {"ids": [True]},
        {"ids": ["长" * 65]},
        {"ids": list(range(201))},
        {"raw": b"1"},
        {"Key": 1},
        {"a b": 1},
        {"": 1},
        {1: 1},
        {"nul": "a\x00b"},
        {f"k{number}": "x" * 200 for number in range(30)},
    ],
)
def test_everything_else_is_refused(detail):
    with pytest.raises(NotForAudit):
        checked_detail(detail)


def test_a_refusal_never_repeats_the_value():
    with pytest.raises(NotForAudit) as refusal:
        checked_detail({"note": "她说不想活了" * 60})
    assert "她" not in str(refusal.value)


def test_short_text_passes_and_long_text_does_not():
    assert checked_text("purpose", "随访") == "随访"
    with pytest.raises(NotForAudit, match="purpose"):
        checked_text("purpose", "长" * 201)
