"""A report becomes an alert when somebody must look by a time; its words never stand in the reason."""

import pytest

from qingyan.alerts.rules.reports import WORDS, finding_of_report
from qingyan.concerns.contracts import Kind, Urgency


@pytest.mark.parametrize(
    ("kind", "urgency", "level"),
    [
        (Kind.HELP, Urgency.NOW, "red"),
        (Kind.HELP, Urgency.WEEK, "red"),
        (Kind.CONCERN, Urgency.NOW, "red"),
        (Kind.CONCERN, Urgency.TODAY, "orange"),
        (Kind.CONCERN, Urgency.WEEK, "yellow"),
        (Kind.LETTER, Urgency.NOW, "red"),
        (Kind.LETTER, Urgency.TODAY, "orange"),
        (Kind.BULLYING, Urgency.TODAY, "orange"),
    ],
)
def test_the_level_says_how_soon(kind, urgency, level):
    finding = finding_of_report(kind, urgency)
    assert finding.level == level
    assert finding.because[0].text == WORDS[kind]
    assert finding.because[0].detail == ""


def test_a_letter_that_can_wait_is_answered_and_is_no_alert():
    assert finding_of_report(Kind.LETTER, Urgency.WEEK) is None


def test_every_kind_has_its_words():
    assert set(WORDS) == set(Kind)
