"""Every workflow of the house keeps the promises of a workflow, and the engine refuses tables that would not."""

from datetime import UTC, datetime, timedelta

import pytest

from qingyan.alerts.workflow import ALERT
from qingyan.cases.workflow import CASE, MEETING
from qingyan.foundation.pure.workflow import NotAllowed, State, Step, Workflow
from qingyan.screening.workflow import CAMPAIGN, REGISTRATION, SITTING

WORKFLOWS = [ALERT, CAMPAIGN, SITTING, REGISTRATION, CASE, MEETING]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_every_state_can_be_reached(workflow):
    reached = {workflow.initial}
    for _ in workflow.states():
        reached |= {step.target for step in workflow.steps if step.origin in reached}
    assert reached == set(workflow.states())


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_every_state_that_is_not_the_end_has_an_owner_and_a_way_on(workflow):
    for state in workflow.state_list:
        if not state.terminal:
            assert state.owner, state.code
            assert workflow.steps_from(state.code), state.code


def test_no_alert_waits_in_a_state_without_a_deadline():
    assert [state.code for state in ALERT.state_list if not state.terminal and state.within is None] == []


def test_a_step_that_is_not_in_the_table_is_refused():
    with pytest.raises(NotAllowed):
        ALERT.target(verb="acknowledge", origin="acknowledged")


def test_a_step_that_was_taken_is_called_as_the_button_was_called_in_that_state():
    first, again = (CASE.title_of(verb="convene", origin=origin) for origin in ("interviewed", "care"))
    assert (first, again) == ("召集研判会", "召集复评")
    assert CASE.title_of(verb="take_leave", origin="care") == "休学"
    assert CASE.title_of(verb="hand_over", origin="care") == ""


def test_a_step_with_a_missing_need_is_refused_and_says_which():
    with pytest.raises(NotAllowed, match="second_reader"):
        ALERT.target(verb="confirm_dismissal", origin="review", given={"reason": "x"})


def test_a_deadline_counts_from_the_given_moment():
    now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    assert ALERT.due("raised", since=now) == now + timedelta(minutes=10)
    assert CAMPAIGN.due("closed", since=now) is None


@pytest.mark.parametrize(
    "steps",
    [
        (Step("go", "a", "nowhere", "x"),),
        (Step("go", "a", "b", "x"), Step("go", "a", "b", "x")),
        (Step("go", "b", "a", "x"),),
    ],
    ids=["unknown target", "same verb twice", "exit from a terminal state"],
)
def test_a_crooked_table_is_refused_at_import(steps):
    with pytest.raises(ValueError, match="t:"):
        Workflow("t", "a", (State("a", "A", owner="x"), State("b", "B", terminal=True)), steps)


def test_the_diagram_names_every_step():
    assert ALERT.mermaid().count("-->") == len(ALERT.steps) + 1 + sum(state.terminal for state in ALERT.state_list)
