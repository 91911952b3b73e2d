"""The lives of papers: nobody waits where nobody is responsible, and nothing leaves out a pair of eyes."""

import pytest

from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.papers.workflow import CHECKED, HANDED, MADE, REPORT, SIGNED


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
