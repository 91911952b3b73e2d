"""When a panel has decided: enough people, a leader, more than half of the votes, signatures, minutes."""

import pytest

from qingyan.cases.queries import packs
from qingyan.cases.rules import panel
from qingyan.cases.rules.panel import Seat, panel_faults, votes

PACK, RULES = packs.current(), packs.panel()


def seat(vote: str, *, attended: bool = True, signed: bool = True, leads: bool = False) -> Seat:
    return Seat(attended, vote, signed, leads)


GOOD = [seat("yellow", leads=True), seat("yellow"), seat("orange")]


def test_the_control_two_of_three_decide():
    assert panel_faults(RULES, PACK, GOOD, decision="yellow", minutes="x") == []
    assert votes(GOOD) == {"yellow": 2, "orange": 1}


@pytest.mark.parametrize(
    ("seats", "decision", "minutes", "fault"),
    [
        (GOOD[:2], "yellow", "x", panel.TOO_FEW),
        ([seat("yellow"), seat("yellow"), seat("yellow")], "yellow", "x", panel.NO_LEADER),
        (GOOD, "orange", "x", panel.NO_MAJORITY),
        ([*GOOD, seat("orange")], "yellow", "x", panel.NO_MAJORITY),
        ([seat("", leads=True), seat(""), seat("abstains")], "yellow", "x", panel.NO_MAJORITY),
        (GOOD, "purple", "x", panel.UNKNOWN_DECISION),
        ([*GOOD[:2], seat("yellow", signed=False)], "yellow", "x", panel.UNSIGNED),
        (GOOD, "yellow", "  ", panel.NO_MINUTES),
    ],
    ids=["too few", "no leader", "minority", "tie", "nobody voted", "unknown", "unsigned", "no minutes"],
)
def test_what_is_missing_is_named(seats, decision, minutes, fault):
    assert panel_faults(RULES, PACK, seats, decision=decision, minutes=minutes) == [fault]


def test_who_did_not_come_neither_counts_nor_votes():
    absent = seat("orange", attended=False, signed=False)
    assert panel_faults(RULES, PACK, [*GOOD, absent, absent], decision="yellow", minutes="x") == []


def test_watch_and_again_can_be_decided_too():
    for decision in (panel.WATCH, panel.AGAIN):
        seats = [seat(decision, leads=True), seat(decision), seat("yellow")]
        assert panel_faults(RULES, PACK, seats, decision=decision, minutes="x") == []
