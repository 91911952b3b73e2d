"""How an alert may end: a critical one never by one person; only what was false leaves the file."""

import pytest

from qingyan.alerts.rules.closing import Reason, confirming_verb, leaves_the_file, verb_of
from qingyan.alerts.workflow import ACKNOWLEDGED, ALERT, REVIEW


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("level", ["orange", "yellow"])
def test_what_is_not_critical_ends_with_a_reason(reason, level):
    state = ALERT.target(verb=verb_of(reason, level=level), origin=ACKNOWLEDGED, given={"reason": reason})
    assert state == ("sealed" if reason is Reason.FALSE else "dismissed")


@pytest.mark.parametrize("reason", Reason)
def test_what_is_critical_waits_for_a_second_reader(reason):
    assert ALERT.target(verb=verb_of(reason, level="red"), origin=ACKNOWLEDGED, given={"reason": reason}) == REVIEW
    ended = ALERT.target(verb=confirming_verb(reason), origin=REVIEW, given={"second_reader": "x"})
    assert ended == ("sealed" if reason is Reason.FALSE else "dismissed")


def test_only_what_was_false_leaves_the_file():
    assert [reason for reason in Reason if leaves_the_file(reason)] == [Reason.FALSE]
