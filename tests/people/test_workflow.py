"""The workflows of people keep the promises of a workflow."""

import pytest

from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.people.models.student import StudentState
from qingyan.people.workflow import SCHOOLING, TRANSFER


@pytest.mark.parametrize("workflow", [SCHOOLING, TRANSFER], ids=lambda workflow: workflow.name)
def test_every_state_can_be_reached_and_has_an_owner_and_a_way_on(workflow):
    reached = {workflow.initial}
    for _ in workflow.states():
        reached |= {step.target for step in workflow.steps if step.origin in reached}
    assert reached == set(workflow.states())
    for state in workflow.state_list:
        assert state.terminal or (state.owner and workflow.steps_from(state.code)), state.code


def test_the_states_of_a_file_are_those_of_schooling_and_merged():
    assert set(StudentState.values) == {*SCHOOLING.states(), "merged"}


def test_a_return_needs_a_class_and_a_graduate_stays_one():
    with pytest.raises(NotAllowed, match="school_class"):
        SCHOOLING.target(verb="return", origin="on_leave")
    assert SCHOOLING.steps_from("graduated") == []
