"""Who is new, changed, moved, unchanged, missing; and that a plan touches nobody else."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from qingyan.people.roster.outcome import RosterRow
from qingyan.people.roster.planning import Fate, Known, Numbers, Plan, plan

CLASS = (7, 1)
ONE = Known(
    id=UUID(int=1),
    name="张三",
    sex="M",
    birth_date=None,
    ethnicity="汉族",
    id_kind="",
    student_number_index=b"s1",
    id_number_index=b"i1",
    place=CLASS,
    class_id=11,
    here=True,
    guardian=("张父", "13800000000", ""),
)
TWO = replace(ONE, id=UUID(int=2), name="李四", student_number_index=b"s2", id_number_index=b"i2")


def row(line: int = 2, name: str = "张三", place: tuple[int, int] = CLASS, **said: str) -> RosterRow:
    return RosterRow(line=line, name=name, grade=place[0], class_number=place[1], **said)


def numbers(student: bytes | None = None, person: bytes | None = None) -> Numbers:
    return Numbers(student_number=student, id_number=person)


def planned(*pairs: tuple[RosterRow, Numbers], known=(ONE, TWO)) -> Plan:
    return plan([one for one, _ in pairs], [other for _, other in pairs], known, [CLASS])


def test_an_unknown_number_is_a_new_pupil_even_with_a_known_name():
    (step,) = planned((row(), numbers(b"s9"))).steps
    assert (step.fate, step.student) == (Fate.NEW, None)


def test_a_pupil_is_known_by_either_number():
    for known_by in (numbers(b"s1"), numbers(None, b"i1"), numbers(b"s1", b"i1")):
        (step,) = planned((row(), known_by)).steps
        assert (step.fate, step.student, step.changes) == (Fate.UNCHANGED, ONE.id, ())


def test_what_the_file_leaves_empty_is_no_change_and_the_rest_is_named():
    said = row(sex="F", ethnicity="", guardian_phone="13900000000", guardian_name="张父")
    (step,) = planned((said, numbers(b"s1", b"i7"))).steps
    assert (step.fate, step.changes) == (Fate.CHANGED, ("sex", "id_number", "guardian_phone"))


def test_another_class_is_a_move_and_opens_a_class_that_is_not_there():
    result = planned((row(place=(7, 2)), numbers(b"s1")))
    assert (result.steps[0].fate, result.steps[0].changes) == (Fate.MOVED, ("class",))
    assert result.new_classes == [(7, 2)]


def test_last_year_s_class_is_another_class():
    (step,) = planned((row(), numbers(b"s1")), known=[replace(ONE, place=None)]).steps
    assert step.fate is Fate.MOVED


def test_somebody_who_left_comes_back():
    (step,) = planned((row(), numbers(b"s1")), known=[replace(ONE, here=False)]).steps
    assert (step.fate, step.changes) == (Fate.CHANGED, ("state",))


def test_numbers_of_two_pupils_and_two_rows_of_one_pupil_are_quarrels():
    result = planned((row(2), numbers(b"s1", b"i2")))
    assert ([problem.code for problem in result.problems], result.steps) == (["numbers_of_two_pupils"], [])
    result = planned((row(2), numbers(b"s1")), (row(3), numbers(None, b"i1")))
    assert ([problem.code for problem in result.problems], result.steps) == (["pupil_twice", "pupil_twice"], [])
    assert [problem.params["others"] for problem in result.problems] == ["3", "2"]


def test_another_name_for_a_known_number_is_a_warning():
    result = planned((row(name="王五"), numbers(b"s1")))
    assert [(problem.code, problem.level) for problem in result.problems] == [("name_changes", "warning")]
    assert result.steps[0].changes == ("name",)


def test_missing_are_those_of_the_file_s_classes_and_of_the_classes_its_pupils_leave():
    elsewhere = replace(
        TWO, id=UUID(int=3), student_number_index=b"s3", id_number_index=b"i3", place=(8, 1), class_id=12
    )
    gone = replace(TWO, id=UUID(int=4), student_number_index=b"s4", id_number_index=b"i4", here=False)
    known = [ONE, TWO, elsewhere, gone]
    assert planned((row(), numbers(b"s1")), known=known).missing == [TWO]
    moved = planned((row(place=(7, 2)), numbers(b"s1")), known=known)
    assert moved.missing == [TWO]
    assert planned((row(place=(8, 1)), numbers(b"s9")), known=known).missing == [elsewhere]


def test_the_steps_of_any_two_different_plans_differ():
    plans = [
        planned((row(), numbers(b"s1"))),
        planned((row(), numbers(b"s2"))),
        planned((row(), numbers(b"s9"))),
        planned((row(place=(7, 2)), numbers(b"s1"))),
        planned((row(sex="F"), numbers(b"s1"))),
        planned(),
    ]
    assert all(one.steps != other.steps for one, other in combinations(plans, 2))
    assert planned((row(), numbers(b"s1"))).steps == plans[0].steps


KEYS = st.sampled_from([None, *(b"%d" % number for number in range(6))])


@given(
    st.lists(st.tuples(KEYS, KEYS), max_size=8),
    st.lists(st.integers(0, 5), unique=True, max_size=6),
)
def test_every_row_has_one_fate_or_a_quarrel_and_no_pupil_two(pairs, register):
    known = [
        replace(ONE, id=UUID(int=key + 10), student_number_index=b"%d" % key, id_number_index=b"%d" % key)
        for key in register
    ]
    rows = [row(line) for line in range(2, len(pairs) + 2)]
    result = plan(rows, [numbers(*pair) for pair in pairs], known, [CLASS])
    told = {problem.line for problem in result.problems if problem.level == "error"}
    assert sorted([step.row.line for step in result.steps] + sorted(told)) == [one.line for one in rows]
    touched = [step.student for step in result.steps if step.student]
    assert len(touched) == len(set(touched))
    assert not {one.id for one in result.missing} & set(touched)


BORN = date(2012, 3, 9)


def test_a_stranger_with_the_name_and_birthday_of_a_pupil_may_be_that_pupil():
    (step,) = planned((row(birth_date=BORN), numbers(b"s9")), known=(replace(ONE, birth_date=BORN), TWO)).steps
    assert (step.fate, [one.student for one in step.candidates]) == (Fate.DUPLICATE, [ONE.id])


def test_no_duplicate_where_birthday_or_sex_differ_or_the_pupil_is_named_by_another_row_or_merged():
    born = replace(ONE, birth_date=BORN)
    strangers = [
        (planned((row(birth_date=date(2012, 3, 8)), numbers(b"s9")), known=(born,)), 0),
        (planned((row(birth_date=BORN, sex="F"), numbers(b"s9")), known=(born,)), 0),
        (planned((row(birth_date=BORN), numbers(b"s9")), known=(replace(born, merged=True),)), 0),
        (planned((row(2), numbers(b"s1")), (row(3, birth_date=BORN), numbers(b"s9")), known=(born,)), 1),
    ]
    for found, position in strangers:
        assert found.steps[position].fate is Fate.NEW
