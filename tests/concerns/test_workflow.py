"""The life of a report: nothing waits in a state that nobody owns, and a closed one comes back when somebody writes."""

import pytest

from qingyan.concerns.workflow import CLOSED, RECEIVED, REPORT, TAKEN
from qingyan.foundation.pure.workflow import NotAllowed


def test_every_open_state_has_an_owner_and_a_time():
    assert all(REPORT.state(code).owner and REPORT.state(code).within for code in (RECEIVED, TAKEN))


def test_the_steps():
    assert REPORT.target(verb="take", origin=RECEIVED) == TAKEN
    assert REPORT.target(verb="close", origin=TAKEN, given={"outcome": "talked"}) == CLOSED
    assert REPORT.target(verb="write_again", origin=CLOSED) == RECEIVED


@pytest.mark.parametrize(
    ("verb", "origin"), [("take", TAKEN), ("take", CLOSED), ("close", CLOSED), ("close", RECEIVED)]
)
def test_what_cannot_be_done(verb, origin):
    with pytest.raises(NotAllowed):
        REPORT.target(verb=verb, origin=origin, given={"outcome": "talked"})


def test_nothing_is_closed_without_saying_how():
    with pytest.raises(NotAllowed):
        REPORT.target(verb="close", origin=TAKEN)
