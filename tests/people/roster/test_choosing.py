"""What happens to a row when somebody has spoken, and when nobody has."""

from datetime import date
from uuid import UUID

import pytest

from qingyan.people.roster import choosing
from qingyan.people.roster.choosing import LEAVE, NEW, TAKE, Unfit
from qingyan.people.roster.outcome import RosterRow
from qingyan.people.roster.planning import Candidate, Fate, Step

ONE = UUID(int=1)
LINK = f"{choosing.LINK}{ONE}"


def step(fate: Fate, line: int = 2) -> Step:
    alike = (Candidate(ONE, "张三", "M", date(2012, 3, 9), (7, 1)),) if fate is Fate.DUPLICATE else ()
    return Step(RosterRow(line, "张三", 7, 1), fate, candidates=alike)


def test_without_a_word_every_row_is_taken_but_a_possible_duplicate_waits():
    assert [choosing.taken(step(fate), {}) is not None for fate in Fate] == [
        fate is not Fate.DUPLICATE for fate in Fate
    ]


def test_a_row_that_is_left_out_stays_out_and_others_come_in():
    assert choosing.taken(step(Fate.NEW), {"2": LEAVE}) is None
    assert choosing.taken(step(Fate.NEW, 3), {"2": LEAVE}) is not None


def test_a_kind_that_is_left_out_stays_out_whatever_was_said_of_a_row():
    assert choosing.taken(step(Fate.DUPLICATE), {"2": NEW}, [Fate.DUPLICATE]) is None


def test_a_duplicate_becomes_somebody_new_or_is_linked():
    assert choosing.taken(step(Fate.DUPLICATE), {"2": NEW}).fate is Fate.NEW
    assert choosing.linked(step(Fate.DUPLICATE), {"2": LINK}) == ONE
    assert choosing.linked(step(Fate.DUPLICATE), {"2": NEW}) is None


@pytest.mark.parametrize(
    ("fate", "choice"),
    [
        (Fate.NEW, NEW),
        (Fate.NEW, LINK),
        (Fate.DUPLICATE, TAKE),
        (Fate.DUPLICATE, f"link:{UUID(int=2)}"),
        (Fate.NEW, "x"),
    ],
)
def test_a_choice_that_does_not_belong_to_the_row_is_refused(fate, choice):
    with pytest.raises(Unfit):
        choosing.decided(step(fate), choice, {})
    assert choosing.still_fitting(step(fate), choice) == {}


def test_what_would_happen_anyhow_is_not_kept():
    kept = choosing.decided(step(Fate.NEW), LEAVE, {"9": NEW})
    assert kept == {"9": NEW, "2": LEAVE}
    assert choosing.decided(step(Fate.NEW), TAKE, kept) == {"9": NEW}
    assert choosing.decided(step(Fate.DUPLICATE), LEAVE, {"2": LINK}) == {}


def test_how_many_rows_stay_out():
    counts = {"new": 10, "duplicate": 3}
    assert choosing.left_out(counts, {}) == 3
    assert choosing.left_out(counts, {"2": LEAVE, "3": NEW}) == 3
    assert choosing.left_out(counts, {"3": NEW, "4": LINK, "5": NEW}) == 0
