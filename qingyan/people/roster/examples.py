"""The invented pupils who show how a template is filled in, and the name of the sheet that explains it.

Example rows are marked in the name. Whoever forgets to delete them loses nothing: `is_example` keeps them out of every
import, and the explaining sheet is never taken for a second list. Their numbers belong to an area that does not exist.
"""

from collections.abc import Sequence

from qingyan.people.roster.outcome import Cell

GUIDE_SHEET = "填写说明"
EXAMPLE_MARK = "【示例】"
EXAMPLES = (
    {
        "student_number": "G99999920140305001X",
        "name": f"{EXAMPLE_MARK}陈小雨",
        "sex": "女",
        "birth_date": "2014-03-05",
        "ethnicity": "汉族",
        "grade": "七年级",
        "class": "（3）班",
        "guardian_name": "陈某",
        "guardian_phone": "13800000000",
    },
    {
        "student_number": "L999999201311160027",
        "name": f"{EXAMPLE_MARK}阿木尔",
        "sex": "男",
        "birth_date": "2013-11-16",
        "id_kind": "护照",
        "ethnicity": "蒙古族",
        "grade": "八年级",
        "class": "1",
    },
)


def is_example(name: Cell) -> bool:
    """Whether this name is that of a row which only shows how to fill in a template."""
    return isinstance(name, str) and name.strip().startswith(EXAMPLE_MARK)


def example_rows(fields: Sequence[str]) -> list[list[str]]:
    """The invented pupils, in the order of these fields."""
    return [[example.get(field, "") for field in fields] for example in EXAMPLES]
