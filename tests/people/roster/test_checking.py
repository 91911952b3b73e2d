"""Rows against the rules and against each other."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyan.people.roster.checking import check
from qingyan.people.roster.columns import find_header
from qingyan.people.roster.outcome import ERROR, Examined, Refused
from tests.people.roster.files import EXPECTED, HEADER, SCHOOL, identity_number, pupil, pupils
from tests.people.roster.test_normalising import ANY_CELL

BORN = date(2012, 3, 9)


def checked(*rows: list[object], header=HEADER) -> Examined:
    lines = [(number, row) for number, row in enumerate([list(header), *rows], start=1)]
    return check(lines, find_header(lines), EXPECTED)


def codes(found: Examined) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.field, problem.code) for problem in found.problems]


def test_good_rows_come_through_as_they_are():
    found = checked(*pupils(50))
    assert (found.total, len(found.rows), found.bad, found.problems) == (50, 50, [], [])


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"姓名": None}, "name", "required"),
        ({"姓名": " 　"}, "name", "required"),
        ({"年级": None}, "grade", "required"),
        ({"班级": ""}, "class", "required"),
        ({"学籍号": None, "身份证件号": None}, "student_number", "required_number"),
        ({"身份证件号": 1.50301201203090011e17}, "id_number", "number_lost_digits"),
        ({"身份证件号": identity_number(1, BORN)[:-1] + "Y"}, "id_number", "id_length"),
        ({"出生日期": "2012-02-03"}, "birth_date", "birth_date_differs"),
        ({"性别": "女"}, "sex", "sex_differs"),
        ({"学校名称": "隔壁中学"}, "school_name", "another_school"),
        ({"监护人电话": "123"}, "guardian_phone", "phone_form"),
        ({"监护人姓名": "=HYPERLINK(1)"}, "guardian_name", "name_strange_character"),
        ({"年级": "高一"}, "grade", "grade_not_at_school"),
        ({"班级": "八（1）班"}, "class", "class_of_another_grade"),
        ({"身份证件类型": "图书证"}, "id_kind", "id_kind_unknown"),
    ],
)
def test_one_wrong_cell_makes_one_bad_row_with_one_reason(changes, field, code):
    found = checked(pupil(2), pupil(1, **changes))
    assert codes(found) == [(3, field, code)]
    assert [row.line for row in found.rows] == [2]
    assert [bad.line for bad in found.bad] == [3]


def test_all_wrong_cells_of_a_row_are_told_at_once():
    found = checked(pupil(1, 姓名="张3", 性别="南", 监护人电话="1"), pupil(2))
    assert [problem.field for problem in found.problems] == ["name", "sex", "guardian_phone"]


def test_two_pupils_with_one_number_are_both_bad_and_name_each_other():
    found = checked(pupil(1), pupil(2), pupil(3, 学籍号=pupil(1)[0]))
    assert codes(found) == [
        (2, "student_number", "number_twice"),
        (4, "student_number", "numbers_differ"),
        (4, "student_number", "number_twice"),
    ]
    assert [row.line for row in found.rows] == [3]
    assert {p.params["others"] for p in found.problems if p.code == "number_twice"} == {"2", "4"}


def test_the_same_number_in_another_width_is_still_the_same():
    header = ("学籍号", "姓名", "年级", "班级")
    found = checked(["g100001", "张三", "七", "1"], ["Ｇ１００００１ ", "李四", "七", "1"], header=header)
    assert [code for _, _, code in codes(found)] == ["number_twice", "number_twice"]
    assert found.rows == []


def test_same_name_and_birthday_is_only_a_warning():
    header = ("学籍号", "姓名", "年级", "班级", "出生日期")
    rows = [["A0001", "张三", "七", "1", "2012-01-01"], ["A0002", "张三", "七", "1", "2012/1/1"]]
    found = checked(*rows, header=header)
    assert len(found.rows) == 2
    assert codes(found) == [(2, "name", "perhaps_twice"), (3, "name", "perhaps_twice")]


def test_what_the_columns_lack_is_taken_from_the_identity_number():
    header = ("姓名", "年级", "班级", "身份证件号")
    row = checked(["张三", "七", "1", identity_number(8, BORN)], header=header).rows[0]
    assert (row.birth_date, row.sex, row.id_kind) == (BORN, "F", "居民身份证")


def test_a_passport_is_not_held_against_the_checksum():
    header = ("姓名", "年级", "班级", "身份证件类型", "身份证件号", "性别")
    row = checked(["Anna Li", "七", "1", "护照", "E12345678", "女"], header=header).rows[0]
    assert (row.id_number, row.id_kind, row.birth_date) == ("E12345678", "护照", None)


def test_a_birthday_to_come_is_an_error_and_an_odd_age_a_warning():
    header = ("学籍号", "姓名", "年级", "班级", "出生日期")
    found = checked(
        ["A0001", "张三", "七", "1", "2027-01-01"], ["A0002", "李四", "七", "1", "1980-01-01"], header=header
    )
    assert codes(found) == [(2, "birth_date", "birth_date_future"), (3, "birth_date", "age_unlikely")]
    assert [row.line for row in found.rows] == [3]


def test_the_short_name_of_the_school_is_its_name_too():
    assert checked(pupil(1, 学校名称="青中"), pupil(2, 学校名称=f" {SCHOOL}　")).problems == []


def test_a_file_of_another_school_is_refused_as_a_whole():
    with pytest.raises(Refused) as caught:
        checked(pupil(1, 学校名称="隔壁中学"), pupil(2, 学校名称="隔壁中学"))
    assert caught.value.problem.params == {"value": "隔壁中学", "school": SCHOOL}


def test_a_bad_row_is_kept_as_it_stood():
    found = checked(pupil(1, 姓名="张3", 身份证件号=1.5e17), pupil(2))
    assert found.bad[0].cells[1] == "张3"
    assert found.bad[0].cells[5] == "1.5e+17"


@given(st.lists(st.lists(ANY_CELL, min_size=12, max_size=12), min_size=1, max_size=5))
def test_no_rows_whatever_break_the_check_and_every_row_is_accounted_for(rows):
    found = checked(pupil(1), *rows)
    assert found.total == len(found.rows) + len(found.bad) == len(rows) + 1
    assert {bad.line for bad in found.bad} == {problem.line for problem in found.problems if problem.level == ERROR}
