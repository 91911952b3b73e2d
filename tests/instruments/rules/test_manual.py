"""The generated manual is fresh and says what is not yet verified."""

from pathlib import Path

from qingyan.instruments import api
from qingyan.instruments.rules.manual import manual
from qingyan.instruments.rules.validation import parse
from tests.instruments.demo_instrument import demo

PAGE = Path(__file__).resolve().parents[3] / "docs" / "generated" / "instruments.md"


def test_the_manual_in_the_repository_is_the_one_generated_now():
    assert PAGE.read_text(encoding="utf-8") == api.manual(), (
        "stale: write qingyan.instruments.api.manual() to docs/generated/instruments.md"
    )


def test_every_released_instrument_is_in_the_manual():
    text = api.manual()
    for summary in api.released():
        assert f"`{summary.code}` {summary.version}" in text
        assert summary.digest[:16] in text


def test_a_claim_not_read_at_its_source_is_marked():
    data = demo()
    data["scales"][0]["cutoff_evidence"] = {"text": "somebody said so", "read": False}
    text = manual([(parse(data), "f" * 64)])
    assert "分段依据：somebody said so；待核实" in text
    assert "缺答依据：invented for a test\n" in text


def test_gates_and_critical_items_are_named():
    assert "**关键题**；满 14 岁才出现" in manual([(parse(demo()), "f" * 64)])
