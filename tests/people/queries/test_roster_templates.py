"""The templates explain every column that the import reads, and are accepted as they are."""

import io

import msgspec
import openpyxl
from django.utils import timezone

from qingyan.organisations import api as organisations
from qingyan.people.queries.roster_templates import ALLOWED, HINTS, oneroster_set, register_book, register_csv
from qingyan.people.roster.checking import Expectation
from qingyan.people.roster.columns import FIELDS
from qingyan.people.roster.examination import examine
from qingyan.people.roster.examples import GUIDE_SHEET
from tests.people.roster.files import EXPECTED


def test_every_column_is_explained_with_need_and_invented_examples():
    sheet = openpyxl.load_workbook(io.BytesIO(register_book()))[GUIDE_SHEET]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    explained = {line[0]: line for line in lines}
    assert set(HINTS) == set(FIELDS) >= set(ALLOWED)
    assert explained["姓名"][1] == "必填"
    assert explained["学籍号"][1] == "两个号码至少填一个"
    assert explained["姓名"][4].startswith("【示例】")
    assert "虚构" in "".join(str(line[0]) for line in lines[:3])


def test_both_templates_are_understood_and_bring_nobody_in():
    for content in (register_book(), register_csv()):
        assert examine(content, EXPECTED).refusal.code == "no_rows"


def test_the_set_of_each_school_is_understood_there_and_brings_nobody_in(cast):
    for place in (cast.home, cast.far):
        school = place.school
        content = oneroster_set(school, now=timezone.now())
        expected = Expectation((school.name,), school.kind, timezone.localdate().year, timezone.localdate())
        expected = msgspec.structs.replace(expected, year=_year())
        assert examine(content, expected).refusal.code == "no_rows"
    other = msgspec.structs.replace(expected, school_names=("别的学校",))
    assert examine(content, other).refusal.code == "whole_other_school"


def _year() -> int:
    return organisations.current_year(timezone.now()).starts_on.year
