"""Only rows whose numbers nobody here has are set apart; what is written here and what is asked for never mix."""

from uuid import uuid4

from qingyan.people.roster.apart import as_kept, parted, places_of, set_apart
from qingyan.people.roster.outcome import RosterRow
from qingyan.people.roster.planning import Candidate, Fate, Step

TOKEN = uuid4()


def step(line, fate=Fate.NEW, **more):
    return Step(row=RosterRow(line=line, name="陈雨桐", grade=7, class_number=line), fate=fate, **more)


def test_new_rows_and_namesakes_are_set_apart_and_known_pupils_never():
    alike = (Candidate(uuid4(), "陈雨桐", "F", None, None),)
    steps = [step(1), step(2), step(3, Fate.DUPLICATE, candidates=alike), step(4, Fate.CHANGED, student=uuid4())]
    found = set_apart(steps, {1: TOKEN, 3: TOKEN, 4: TOKEN})
    assert [one.fate for one in found] == [Fate.ELSEWHERE, Fate.NEW, Fate.ELSEWHERE, Fate.CHANGED]
    assert found[2].candidates == ()
    assert (found[0].token, found[1].token) == (TOKEN, None)


def test_a_fresh_plan_equals_the_kept_one_and_a_changed_register_is_noticed():
    kept = set_apart([step(1), step(2)], {1: TOKEN})
    assert as_kept([step(1), step(2)], kept) == kept
    assert as_kept([step(1, Fate.CHANGED, student=uuid4()), step(2)], kept) != kept


def test_classes_that_only_they_need_are_not_needed():
    steps = set_apart([step(1), step(2)], {1: TOKEN})
    here, there = parted(steps)
    assert ([one.row.line for one in here], [one.row.line for one in there]) == ([2], [1])
    assert places_of(steps) == {(7, 2)}
