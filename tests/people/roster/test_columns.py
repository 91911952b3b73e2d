"""Headers: aliases, notes, width; what is missing or there twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyan.people.roster.columns import ALIASES, field_of, find_header, letter
from qingyan.people.roster.outcome import Refused
from tests.people.roster.files import HEADER


def test_no_alias_means_two_fields():
    aliases = [alias for several in ALIASES.values() for alias in several]
    assert len(aliases) == len(set(aliases))


@pytest.mark.parametrize("field", ALIASES)
def test_every_alias_is_recognised_with_marks_and_spaces(field):
    for alias in ALIASES[field]:
        for title in (
            alias,
            f" {alias}* ",
            f"{alias}（必填）",
            f"＊{alias}",
            alias.upper(),
            f"{alias[:1]}\n{alias[1:]}",
            f"{alias}\u200b",
        ):
            assert field_of(title) == field, title


def test_the_columns_of_the_register_are_found_in_any_order():
    header = find_header([(1, list(reversed(HEADER)))])
    assert [header.titles[header.column[field]] for field in ("name", "grade", "class")] == ["姓名", "年级", "班级"]
    assert header.ignored == ()


def test_a_header_below_titles_is_found_and_unknown_columns_are_told():
    rows = [(1, ["青檐中学"]), (3, ["制表：教务处", None]), (4, ["学籍号", "姓名", "年级", "班级", "是否住校"])]
    header = find_header(rows)
    assert (header.line, header.ignored) == (4, ("是否住校",))


@pytest.mark.parametrize(
    ("titles", "code"),
    [
        (["一", "二"], "no_header"),
        (["姓名"], "no_header"),
        (["姓名", "年级", "学籍号"], "header_missing"),
        (["姓名", "年级", "班级"], "header_missing_number"),
        (["姓名", "学生姓名", "年级", "班级", "学籍号"], "header_twice"),
    ],
)
def test_headers_that_cannot_be_used(titles, code):
    with pytest.raises(Refused) as caught:
        find_header([(1, titles)])
    assert caught.value.problem.code == code


def test_two_unknown_columns_of_one_name_do_no_harm():
    header = find_header([(1, ["备注", "姓名", "年级", "班级", "学籍号", "备注"])])
    assert header.ignored == ("备注", "备注")


@given(st.integers(0, 20_000))
def test_column_letters_count_like_a_spreadsheet(index):
    number = 0
    for char in letter(index):
        number = number * 26 + ord(char) - 64
    assert number == index + 1
