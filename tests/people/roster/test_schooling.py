"""Words for grade and class, in every kind of school."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyan.people.roster import schooling
from qingyan.people.roster.outcome import Wrong
from qingyan.people.roster.schooling import GRADES_OF_KIND, Schooling
from tests.people.roster.test_normalising import ANY_CELL, code, full_width, outcome


def at(kind: str) -> Schooling:
    return Schooling(grades=GRADES_OF_KIND[kind], year=2026)


@pytest.mark.parametrize(
    ("word", "kind", "grade"),
    [
        ("七年级", "junior", 7),
        ("初一", "junior", 7),
        ("初中一年级", "junior", 7),
        ("7", "junior", 7),
        (7.0, "junior", 7),
        ("７年级", "junior", 7),
        ("七", "junior", 7),
        ("2024级", "junior", 9),
        ("2026级", "junior", 7),
        ("高一", "senior", 10),
        ("高三年级", "senior", 12),
        ("高中二年级", "senior", 11),
        ("2025级", "senior", 11),
        ("职高二", "vocational", 11),
        ("中职一年级", "vocational", 10),
        ("小学三年级", "primary", 3),
        ("小六", "primary", 6),
        ("2021级", "primary", 6),
        ("初2024级", "nine_year", 9),
        ("高2026级", "complete_secondary", 10),
        ("十二年级", "complete_secondary", 12),
        ("大班", "kindergarten", 0),
    ],
)
def test_words_for_a_grade(word, kind, grade):
    assert schooling.grade(word, at(kind)) == grade


@pytest.mark.parametrize(
    ("word", "kind", "wrong"),
    [
        ("高一", "junior", "grade_not_at_school"),
        ("六年级", "junior", "grade_not_at_school"),
        ("2020级", "junior", "grade_not_at_school"),
        ("2027级", "junior", "grade_not_at_school"),
        ("2024级", "nine_year", "grade_intake_ambiguous"),
        ("2024级", "complete_secondary", "grade_intake_ambiguous"),
        ("毕业班", "junior", "grade_unreadable"),
        ("", "junior", "grade_unreadable"),
        (7.5, "junior", "grade_unreadable"),
    ],
)
def test_grades_that_cannot_be_read_are_told(word, kind, wrong):
    assert code(schooling.grade, word, at(kind)) == wrong


@pytest.mark.parametrize(
    "word",
    [
        "3",
        3.0,
        "3班",
        "（3）班",
        "(3)班",
        "三班",
        "七(3)班",
        "七（3）",
        "七年级3班",
        "七年级（3）班",
        "初一3班",
        "初一（3）班",
        "703",
        "703班",
        "7-3",
        "7.3",
        "2026级3班",
        "七3班",
        "（三）班",
        "③班",
        "03班",
    ],
)
def test_words_for_the_third_class_of_grade_seven(word):
    assert schooling.class_number(word, 7, at("junior")) == 3


@pytest.mark.parametrize(
    ("word", "grade", "kind", "number"),
    [
        ("高一（12）班", 10, "senior", 12),
        ("一(3)班", 10, "senior", 3),
        ("1003班", 10, "senior", 3),
        ("十二班", 10, "senior", 12),
        ("二十一班", 10, "senior", 21),
        ("高2024级（2）班", 12, "senior", 2),
        ("101班", 1, "primary", 1),
    ],
)
def test_words_for_other_classes(word, grade, kind, number):
    assert schooling.class_number(word, grade, at(kind)) == number


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("八(3)班", "class_of_another_grade"),
        ("803班", "class_of_another_grade"),
        ("实验班", "class_unreadable"),
        ("0班", "class_unreadable"),
        ("73班", "class_unreadable"),
        ("七年级", "class_unreadable"),
        ("A班", "class_unreadable"),
    ],
)
def test_classes_that_cannot_be_read_are_told(word, wrong):
    assert code(schooling.class_number, word, 7, at("junior")) == wrong


@given(grade=st.integers(1, 12), number=st.integers(1, 60))
def test_the_name_that_we_print_is_read_back(grade, number):
    plan = Schooling(grades=range(13), year=2026)
    for word in (f"（{number}）班", f"{number}班", full_width(f"{number}")):
        assert schooling.class_number(word, grade, plan) == number


@given(cell=ANY_CELL, kind=st.sampled_from(sorted(GRADES_OF_KIND)))
def test_no_cell_whatever_breaks_a_reader(cell, kind):
    grade = outcome(schooling.grade, cell, at(kind))
    assert isinstance(grade, Wrong) or grade in GRADES_OF_KIND[kind]
    number = outcome(schooling.class_number, cell, 7, at(kind))
    assert isinstance(number, Wrong) or 1 <= number <= 60
