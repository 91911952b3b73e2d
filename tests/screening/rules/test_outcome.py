"""One function builds the rows of a hand-in."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from qingyan.instruments import api as instruments
from qingyan.screening.rules.outcome import JSON_COLUMNS, Sheet, outcome

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def sheet(answers):
    return Sheet(
        sitting=UUID(int=1),
        campaign=UUID(int=2),
        student=UUID(int=3),
        school=4,
        school_class=5,
        instrument="gad-7",
        version=instruments.plan("gad-7").version,
        age=15,
        answers=answers,
        times=[2000] * len(answers),
    )


def test_the_result_holds_what_the_plan_scores_and_where_it_comes_from():
    plan = instruments.plan("gad-7")
    done = outcome(sheet([2, 1, 3, 0, 1, 2, 3]), plan, at=AT)
    assert done.result["values"] == dict(plan.score([2, 1, 3, 0, 1, 2, 3], age=15).values)
    assert done.result["instrument_hash"] == plan.digest
    assert done.result["scored_at"] == AT
    assert set(JSON_COLUMNS) <= set(done.result)


def test_the_file_entry_says_the_same_as_the_result():
    done = outcome(sheet([2, 1, 3, 0, 1, 2, 3]), instruments.plan("gad-7"), at=AT)
    for key in ("values", "bands", "not_scorable", "quality"):
        assert done.entry[key] == done.result[key]
    assert done.entry["screen"] == done.result["screen"]["outcome"]


def test_a_sheet_with_gaps_says_so():
    done = outcome(sheet([None] * 7), instruments.plan("gad-7"), at=AT)
    assert done.result["quality"]["missing"] == 7
    assert set(done.result["not_scorable"].values()) == {"missing_answers"}


def test_a_lie_scale_is_told_in_the_quality_and_nothing_is_dropped():
    plan = instruments.plan("mht")
    lie = [item.id in plan.instrument.scale("lie").items for item in plan.instrument.items]
    told = {
        value: outcome(
            replace(sheet([value if one else 0 for one in lie]), instrument="mht", version=plan.version), plan, at=AT
        )
        for value in (0, 1)
    }
    assert told[1].result["quality"]["validity"] == {"rule": "at_least_7", "doubtful": True}
    assert told[0].result["quality"]["validity"]["doubtful"] is False
    assert told[1].result["values"]["lie"] == 10
    assert "validity" not in outcome(sheet([0] * 7), instruments.plan("gad-7"), at=AT).result["quality"]
