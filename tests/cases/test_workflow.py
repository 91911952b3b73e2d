"""The table of a case: nobody waits in a state without owner and deadline, and no machine's step sets a level."""

import pytest

from qingyan.cases.workflow import CASE, CLOSED, OPEN_STATES, PANEL, QUIET_WATCH, SEAL_ASKED, SEALED
from qingyan.foundation.pure.workflow import NotAllowed


def test_every_state_that_is_no_end_has_an_owner_and_a_deadline():
    assert [one.code for one in CASE.state_list if not one.terminal and not (one.owner and one.within)] == []


def test_only_the_quiet_watch_closes_and_only_a_second_reader_seals():
    assert {step.origin for step in CASE.steps if step.target == CLOSED} == {QUIET_WATCH}
    assert {step.origin for step in CASE.steps if step.target == SEALED} == {SEAL_ASKED}
    assert {step.origin for step in CASE.steps if step.target == QUIET_WATCH} == {PANEL}


def test_a_level_is_decided_by_a_panel_and_approved_by_somebody():
    steps = [step for step in CASE.steps if "level" in step.needs]
    assert [(step.verb, step.origin) for step in steps] == [("decide", PANEL)]
    assert "approved_by" in steps[0].needs


def test_no_step_happens_by_itself():
    assert [step.verb for step in CASE.steps if step.after is not None] == []


@pytest.mark.parametrize("step", CASE.steps, ids=lambda step: f"{step.verb} from {step.origin}")
def test_a_step_without_what_it_needs_is_refused(step):
    given = dict.fromkeys(step.needs, "x")
    assert CASE.target(verb=step.verb, origin=step.origin, given=given) == step.target
    for need in step.needs:
        with pytest.raises(NotAllowed):
            CASE.target(verb=step.verb, origin=step.origin, given=given | {need: ""})


def test_every_open_state_leads_to_an_end():
    ends = {CLOSED, SEALED}
    while more := {step.origin for step in CASE.steps if step.target in ends} - ends:
        ends |= more
    assert set(OPEN_STATES) <= ends
