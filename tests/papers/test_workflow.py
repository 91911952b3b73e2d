"""The lives of papers: nobody waits where nobody is responsible, and nothing leaves out a pair of eyes."""

import pytest

from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.papers.workflow import (
    APPROVED,
    CHECKED,
    EXPORT,
    HANDED,
    IN_USE,
    MADE,
    REFUSED,
    REPORT,
    RETIRED,
    SIGNED,
    TEMPLATE,
)


def test_every_state_of_a_report_can_be_reached_and_has_an_owner():
    reached = {REPORT.initial} | {step.target for step in REPORT.steps}
    assert reached == set(REPORT.states())
    assert all(state.owner for state in REPORT.state_list if not state.terminal)


@pytest.mark.parametrize(("origin", "verb"), [(MADE, "sign"), (MADE, "hand"), (CHECKED, "hand"), (SIGNED, "check")])
def test_no_pair_of_eyes_is_left_out(origin, verb):
    with pytest.raises(NotAllowed):
        REPORT.target(verb=verb, origin=origin, given={"incidents": True})


def test_what_was_handed_in_comes_back_only_with_a_reason():
    with pytest.raises(NotAllowed):
        REPORT.target(verb="correct", origin=HANDED, given={"reason": ""})
    assert REPORT.target(verb="correct", origin=HANDED, given={"reason": "x"}) == MADE


def test_an_answer_to_a_request_is_the_last_word_and_a_template_in_use_only_rests():
    assert all(EXPORT.state(code).terminal for code in (APPROVED, REFUSED))
    assert {step.target for step in TEMPLATE.steps_from(IN_USE)} == {RETIRED}
