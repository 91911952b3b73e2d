"""Which column means what: the headers that Chinese school registers export, their aliases, and what must be there."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from qingyan.people.roster.outcome import Cell, Refused

LOOK_IN_FIRST_ROWS = 10
FEWEST_KNOWN = 2  # a row with fewer known headers is a title or a note, not the header

ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "student_number": (
            "学籍号",
            "全国学籍号",
            "学籍号码",
            "学籍编号",
            "全国学籍编号",
            "学生学籍号",
            "学籍主号",
            "studentnumber",
            "studentid",
        ),
        "name": ("姓名", "学生姓名", "学生名字", "名字", "name", "studentname"),
        "sex": ("性别", "学生性别", "性别码", "sex", "gender"),
        "birth_date": ("出生日期", "出生年月日", "出生年月", "生日", "birthdate", "dateofbirth", "birthday"),
        "id_kind": ("身份证件类型", "身份证件类别", "证件类型", "证件类别", "身份证类型", "idtype"),
        "id_number": (
            "身份证件号",
            "身份证件号码",
            "身份证号",
            "身份证号码",
            "居民身份证号",
            "居民身份证号码",
            "公民身份号码",
            "证件号",
            "证件号码",
            "身份证",
            "idnumber",
        ),
        "ethnicity": ("民族", "学生民族", "ethnicity"),
        "school_name": ("学校名称", "学校", "校名", "就读学校", "所在学校", "school", "schoolname"),
        "grade": ("年级", "年级名称", "所在年级", "就读年级", "当前年级", "grade"),
        "class": ("班级", "班级名称", "所在班级", "就读班级", "当前班级", "行政班", "班号", "班", "class", "classname"),
        "guardian_name": (
            "监护人姓名",
            "监护人",
            "家长姓名",
            "监护人1姓名",
            "成员1姓名",
            "家庭成员1姓名",
            "家庭成员或监护人1姓名",
            "guardianname",
        ),
        "guardian_phone": (
            "监护人电话",
            "监护人联系电话",
            "监护人手机",
            "监护人手机号",
            "监护人手机号码",
            "家长电话",
            "家长手机",
            "家长联系电话",
            "联系电话",
            "监护人1电话",
            "监护人1联系电话",
            "成员1联系电话",
            "成员1电话",
            "家庭成员1联系电话",
            "家庭成员或监护人1联系电话",
            "guardianphone",
        ),
        "guardian_relation": (
            "监护人关系",
            "与学生关系",
            "与监护人关系",
            "监护人与学生关系",
            "成员1关系",
            "家庭成员1关系",
            "guardianrelation",
        ),
    }
)
FIELDS = tuple(ALIASES)
REQUIRED = ("name", "grade", "class")
ONE_OF = ("student_number", "id_number")

_FIELD_OF = {alias: field for field, aliases in ALIASES.items() for alias in aliases}
_NOTE = re.compile(r"[(\[【].*?[)\]】]")
_FILLING = re.compile(r"[\s*:\"'_]+")


@dataclass(frozen=True)
class Header:
    """Where the header stands (line as in the file, from 1), the column of each known field, and what is ignored."""

    line: int
    titles: tuple[str, ...]
    column: Mapping[str, int]
    ignored: tuple[str, ...]


def field_of(title: str) -> str | None:
    """The field that a header names, or None. Width, spaces, asterisks and notes in brackets do not matter."""
    folded = _FILLING.sub("", _NOTE.sub("", unicodedata.normalize("NFKC", title))).casefold()
    return _FIELD_OF.get("".join(char for char in folded if unicodedata.category(char) != "Cf"))


def find_header(rows: Sequence[tuple[int, Sequence[Cell]]]) -> Header:
    """The header among the first ten rows. Raises Refused: none found, a field twice, a required one missing."""
    best: tuple[int, int, list[str]] | None = None
    for line, cells in rows[:LOOK_IN_FIRST_ROWS]:
        titles = ["" if cell is None else str(cell).strip() for cell in cells]
        known = len({field_of(title) for title in titles} - {None})
        if known >= FEWEST_KNOWN and (best is None or known > best[0]):
            best = (known, line, titles)
    if best is None:
        raise Refused("no_header")
    return _recognised(best[1], best[2])


def letter(index: int) -> str:
    """The name of a column in a spreadsheet: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _recognised(line: int, titles: list[str]) -> Header:
    column: dict[str, int] = {}
    ignored = []
    for index, title in enumerate(titles):
        field = field_of(title)
        if field is None:
            if title:
                ignored.append(title)
        elif field in column:
            first = column[field]
            places = {"first": letter(first), "second": letter(index)}
            raise Refused("header_twice", field=field, first_title=titles[first], second_title=title, **places)
        else:
            column[field] = index
    missing = [field for field in REQUIRED if field not in column]
    if missing:
        raise Refused("header_missing", fields=",".join(missing))
    if not any(field in column for field in ONE_OF):
        raise Refused("header_missing_number")
    return Header(line=line, titles=tuple(titles), column=MappingProxyType(column), ignored=tuple(ignored))
